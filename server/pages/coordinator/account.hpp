// One account: its facts, its link while it may be seen, and what may be done to it, one function a
// route; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

Result<http::Response> get_account(access::Call const& call, ledger::ReadTx& tx);
// What will happen; then the account's page with a new one-time link.
Result<http::Response> get_account_reset(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_account_reset(access::Call& call, ledger::WriteTx& tx);
// What will happen; then the account's page. act=enable takes it back, from that page.
Result<http::Response> get_account_disable(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_account_disable(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
