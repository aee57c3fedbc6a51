#include "server/use_cases/revoke_api_key.hpp"

#include "server/domain/scope.hpp"
#include "server/ledger/ledger.hpp"

namespace kaiku::use_cases {

Result<void> revoke_api_key(ledger::WriteTx& tx, ApiKeyId id, domain::Caller const& caller) {
  auto const key = tables::find_api_key(tx, id);
  if (!key) return Error(Problem::not_found);
  auto const own = domain::require_area(caller, key->area, domain::Named::in_path);
  if (!own) return own.error();
  if (key->revoked) return {};
  ledger::ApiKeySet entry;
  entry.api_key = id;
  entry.area = key->area;
  entry.name = key->name;
  entry.venues = key->venues;
  entry.revoked = true;
  ledger::append(tx, caller.actor, entry);
  tables::delete_api_key_login(tx, id);
  return {};
}

}  // namespace kaiku::use_cases
