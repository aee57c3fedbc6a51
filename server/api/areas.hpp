// Areas by JSON: list, one, made, changed (PATCH needs If-Match).
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/domain/policy.hpp"

namespace kaiku::api {

Result<http::Response> get_areas(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_area(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_area(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> patch_area(access::Call& call, ledger::WriteTx& tx);
// The policy of an area, alone.
Result<http::Response> get_policies(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> patch_policy(access::Call& call, ledger::WriteTx& tx);

nlohmann::json to_json(domain::Policy const& policy);
nlohmann::json to_json(domain::LocalText const& text);

}  // namespace kaiku::api
