// The page on which a coordinator begins.
#pragma once

#include "server/access/call/call.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// GET /area: what waits and, until all of it is done, the way to the first card.
Result<http::Response> get_start(access::Call const& call, ledger::ReadTx& tx);
// POST /area: that the rules will do, that the list goes out of the account's sight or comes back.
Result<http::Response> post_start(access::Call& call, ledger::WriteTx& tx);
// GET /start: the same page.
http::Response get_start_list(access::Call const& call);

}  // namespace kaiku::pages
