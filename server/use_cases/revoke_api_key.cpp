#include "server/use_cases/revoke_api_key.hpp"

#include "server/storage/ledger.hpp"

namespace kaiku::use_cases {

Result<void> revoke_api_key(storage::WriteTx& tx, ApiKeyId id, domain::Caller const& caller) {
  auto const key = storage::find_api_key(tx, id);
  if (!key || !caller.covers(key->area)) return Error(Problem::not_found);
  if (key->revoked) return {};
  storage::ApiKeySet entry;
  entry.api_key = id;
  entry.area = key->area;
  entry.name = key->name;
  entry.venues = key->venues;
  entry.revoked = true;
  storage::append(tx, caller.actor, entry);
  storage::delete_api_key_login(tx, id);
  return {};
}

}  // namespace kaiku::use_cases
