// API keys of ticket agents.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/tables/api_keys.hpp"

namespace kaiku::api {

Result<http::Response> get_api_keys(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_api_key(access::Call const& call, ledger::ReadTx& tx);
// {name, venue_ids} → 201 with `key`, which is shown this once.
Result<http::Response> post_api_key(access::Call& call, ledger::WriteTx& tx);
// Revokes: 204.
Result<http::Response> delete_api_key(access::Call& call, ledger::WriteTx& tx);

// The key of the path, as the caller may see it; else not_found.
Result<tables::ApiKey> named_api_key(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::api
