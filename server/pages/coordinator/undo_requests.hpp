// The handlers of the page of late undos that venues ask for; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// Those of the caller's areas that wait, narrowed by ?area=; ?request= shows one with what may be
// done about it.
Result<http::Response> get_undo_requests(access::Call const& call, ledger::ReadTx& tx);
// The ticket is undone or stays; then the page again.
Result<http::Response> post_undo_request(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
