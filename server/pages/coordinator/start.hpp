// The page on which a coordinator begins.
#pragma once

#include "server/access/call/call.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// GET /area: what waits and, until the first card is given, the next step on the way there. It
// reads what is there and keeps nothing of its own.
Result<http::Response> get_start(access::Call const& call, ledger::ReadTx& tx);
// GET /start: the same page.
http::Response get_start_list(access::Call const& call);

}  // namespace kaiku::pages
