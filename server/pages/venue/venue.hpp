// The handlers of a venue's pages, one function a route; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

Result<http::Response> get_venue(access::Call const& call, ledger::ReadTx& tx);
// Read lane: a check writes nothing.
Result<http::Response> post_venue_check(access::Call const& call, ledger::ReadTx& tx);
// All but a ticket that is to be given now: the next card, and what cannot be read.
Result<std::optional<http::Response>> look_at_venue_redeem(access::Call const& call,
                                                           ledger::ReadTx& tx);
Result<http::Response> post_venue_redeem(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> post_venue_undo(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
