// Venues by JSON: list, one, made, changed (PATCH needs If-Match).
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "schema/codec/json_fields.hpp"
#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/tables/network.hpp"

namespace kaiku::api {

Result<http::Response> get_venues(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_venue(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_venue(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> patch_venue(access::Call& call, ledger::WriteTx& tx);

// What a request for a new venue says, here and on its page; faults stand at the members.
ledger::VenueSet read_new_venue(codec::JsonFields& fields);
// The members that stand replace those of `entry`.
void read_venue(codec::JsonFields& fields, ledger::VenueSet& entry);

// The venue that a list was asked for by `venue_id`; nullopt when by none. A fault at /venue_id for
// what is no venue, forbidden for one that is not the caller's.
Result<std::optional<VenueId>> venue_asked_for(access::Call const& call, ledger::ReadTx& tx,
                                               std::optional<std::string> const& text);

// The venue of the path, as the caller may see it; else not_found.
Result<tables::Venue> named_venue(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::api
