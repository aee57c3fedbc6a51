// The lists beside the figures as JSON.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"

namespace kaiku::api {

// ?silent_for= a step ("4" weeks when absent), ?area=
Result<http::Response> get_silent_venues(access::Call const& call, ledger::ReadTx& tx);
// Both: ?area=, paged; a venue's staff see their own.
Result<http::Response> get_offers_without_takers(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_quota_use(access::Call const& call, ledger::ReadTx& tx);
// An issuer office's own cards, by short codes; that somebody looked is written.
Result<http::Response> get_unused_cards(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::api
