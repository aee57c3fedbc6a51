// Takes an account's password and second factor away and opens a new one-time set-up link.
#pragma once

#include "schema/values/result.hpp"
#include "server/tables/accounts.hpp"
#include "server/use_cases/manage_accounts.hpp"

namespace kaiku::use_cases {

// Whether reset_account would do it: forbidden else.
Result<void> may_reset(tables::Account const& account, domain::Caller const& caller);
// Ends the account's sessions at once: a reset often follows a lost phone. The ledger gets an
// entry that names who reset it; its owner is told after signing in. An admin's is reset by the
// command alone (system actor); forbidden and not_found as in change_account.
Result<SetUpLink> reset_account(ledger::WriteTx& tx, AccountId id, domain::Caller const& caller,
                                Random& random);

}  // namespace kaiku::use_cases
