// What uses are taken to be worth, one function a route; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

Result<http::Response> get_value_sheet(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_value_sheet(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> get_value_sheet_file(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::pages
