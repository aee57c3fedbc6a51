// What a door holds of the cards and of its venue.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"

namespace kaiku::api {

// The two signed parts of a snapshot (schema/snapshot.cddl), for devices: all cards or what changed
// since (304 when nothing did), and the device's own venue.
Result<http::Response> get_door_cards(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_door_venue(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::api
