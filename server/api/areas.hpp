// Areas by JSON: list, one, made, changed (PATCH needs If-Match).
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "schema/codec/json_fields.hpp"
#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/domain/policy.hpp"
#include "server/ledger/network_entries.hpp"
#include "server/tables/network.hpp"

namespace kaiku::api {

Result<http::Response> get_areas(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_area(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_area(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> patch_area(access::Call& call, ledger::WriteTx& tx);
// The policy of an area, alone.
Result<http::Response> get_policies(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> patch_policy(access::Call& call, ledger::WriteTx& tx);

// What a request for a new area says, here and on its page; faults stand at the members.
ledger::AreaSet read_new_area(codec::JsonFields& fields);
// The members that stand replace those of `entry`.
void read_area(codec::JsonFields& fields, ledger::AreaSet& entry);

// The use case names members of an area; where the policy is the whole request, so are its faults.
Error of_policy_alone(Error error);

nlohmann::json to_json(domain::Policy const& policy);
nlohmann::json to_json(domain::LocalText const& text);

// The area of the path, as the caller may see it; else not_found.
Result<tables::Area> named_area(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::api
