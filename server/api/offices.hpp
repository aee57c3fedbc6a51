// Offices by JSON: list, one, made, changed (PATCH needs If-Match).
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"

namespace kaiku::api {

Result<http::Response> get_offices(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_office(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_office(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> patch_office(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::api
