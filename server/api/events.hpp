// Events by JSON: list, one, made, changed (PATCH needs If-Match).
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "schema/codec/json_fields.hpp"
#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/tables/network.hpp"

namespace kaiku::api {

Result<http::Response> get_events(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_event(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_event(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> patch_event(access::Call& call, ledger::WriteTx& tx);

// `places_taken`: tables::places_taken of it, now, for whoever stands at the venue; nullopt: how
// many came is not told.
nlohmann::json to_json(tables::Event const& event, std::optional<std::int64_t> places_taken);
// What a request for a new event says, here and on its page; faults stand at the members.
ledger::EventSet read_new_event(codec::JsonFields& fields);
// The members that stand replace those of `entry`.
void read_event(codec::JsonFields& fields, ledger::EventSet& entry);
// The entry that says what holds now: to be changed and written.
ledger::EventSet entry_of(tables::Event const& event);

// The event of the path, as the caller may see it; else not_found.
Result<tables::Event> named_event(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::api
