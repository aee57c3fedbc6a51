// What a door asks, the same on the public API and for devices: checks, redemptions, undo, venue.
#pragma once

#include "server/access/call.hpp"
#include "server/access/route.hpp"

namespace kaiku::api {

Result<http::Response> post_check(access::Call const& call, storage::ReadTx& tx);
Result<http::Response> post_redemption(access::Call& call, storage::WriteTx& tx);
Result<http::Response> post_redemption_void(access::Call& call, storage::WriteTx& tx);
// The venue's name, sector, policy, events of the next 14 days and today's count; devices only.
Result<http::Response> get_door_venue(access::Call const& call, storage::ReadTx& tx);

}  // namespace kaiku::api
