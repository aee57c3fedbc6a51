// The handlers of the judged uses' page; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// The uses of the caller's areas that were judged afterwards, narrowed by ?area=, ?venue=,
// ?verdict= and days; ?use= shows one with what may be done about it.
Result<http::Response> get_judged(access::Call const& call, ledger::ReadTx& tx);
// A ruling on a use that waits, or the undoing of one that counts; then the page again.
Result<http::Response> post_judged(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
