// Opens a session for an account whose password and second factor have been checked.
#pragma once

#include "schema/values/result.hpp"
#include "server/tables/accounts.hpp"
#include "server/tables/logins.hpp"

namespace kaiku::use_cases {

// How long a session lives: 15 minutes without use and 10 hours in all, a day for venue staff.
struct SessionTimes {
  std::int64_t idle_us;
  std::int64_t absolute_us;
};
SessionTimes session_times(domain::Role role);

// wrong_credentials, the same for every reason; code_already_used with Retry-After when password
// and code were right but the code was accepted before. Checks again what was read before the slow
// work: an account that was disabled or reset meanwhile does not come in. `session_lookup`: SHA-256
// of the new id for the cookie.
// The account as it was: its last sign-in is the one before this.
Result<tables::Account> sign_in(ledger::WriteTx& tx, tables::CheckedLogin const& checked,
                                Digest const& session_lookup);
// The same for an account that has just proved itself by its set-up link; the account as it was.
tables::Account open_session(ledger::WriteTx& tx, AccountId account, Digest const& session_lookup);
void sign_out(ledger::WriteTx& tx, Digest const& session_lookup);

// What is kept of a session is forgotten so long after its end, whether anybody signs in or not:
// the privacy statement says so.
inline constexpr std::int64_t sessions_kept_days = 30;
void forget_ended_sessions(ledger::WriteTx& tx);

}  // namespace kaiku::use_cases
