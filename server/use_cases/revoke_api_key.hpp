// Revokes an API key: from the commit on it opens nothing.
#pragma once

#include "schema/values/result.hpp"
#include "server/tables/api_keys.hpp"

namespace kaiku::use_cases {

// not_found for a key out of the caller's areas; revoking twice changes nothing.
Result<void> revoke_api_key(ledger::WriteTx& tx, ApiKeyId id, domain::Caller const& caller);

}  // namespace kaiku::use_cases
