// The page of who has read what; the route table lists it.
#pragma once

#include "server/access/call/call.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// Of the last thirty days, or ?from= and ?to=; narrowed by ?area=, ?office=, ?account= and ?kind=.
Result<http::Response> get_reads(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::pages
