// What a door asks, the same on the public API and for devices: checks, redemptions, undo, venue.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"

namespace kaiku::api {

Result<http::Response> post_check(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_redemption(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> post_redemption_void(access::Call& call, ledger::WriteTx& tx);
// A kiosk's journal: signatures are checked on the work lane. 200 with a receipt for each entry.
Result<access::Work> prepare_journal(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_journal(access::Call& call, ledger::WriteTx& tx);
// The two signed parts of a snapshot (schema/snapshot.cddl), for devices: all cards or what changed
// since (304 when nothing did), and the device's own venue.
Result<http::Response> get_door_cards(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_door_venue(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::api
