// Changes, disables and enables an account.
#pragma once

#include <optional>

#include "schema/values/result.hpp"
#include "server/tables/accounts.hpp"

namespace kaiku::use_cases {

struct AccountChange {
  std::optional<bool> disabled;
  std::optional<contract::Language> language;
};
// A disabled account loses its sessions at once. not_found for an account out of the caller's
// sight, forbidden for one that the caller sees but may not manage, conflict for disabling oneself
// or the last admin.
Result<tables::Account> change_account(ledger::WriteTx& tx, AccountId id,
                                       AccountChange const& change, domain::Caller const& caller);

// What disabling this account would be answered.
Result<void> may_disable(ledger::ReadTx& tx, tables::Account const& account,
                         domain::Caller const& caller);

// The account when the caller may see it: national roles all, an area coordinator the own area's.
Result<tables::Account> find_visible_account(ledger::ReadTx& tx, AccountId id,
                                             domain::Caller const& caller);

}  // namespace kaiku::use_cases
