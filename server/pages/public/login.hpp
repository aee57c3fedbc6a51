// Signing in and out, one function a route; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

Result<http::Response> get_login(access::Call const& call, ledger::ReadTx& tx);
// Password lane; what is wrong with the form is told at once.
Result<access::Work> prepare_login(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_login(access::Call& call, ledger::WriteTx& tx);
// Who is signed out already is told so.
Result<std::optional<http::Response>> look_at_logout(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_logout(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
