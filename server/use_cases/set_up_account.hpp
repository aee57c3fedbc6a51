// A person sets the own account up by the one-time link: password first, then the second factor.
#pragma once

#include <optional>
#include <string_view>

#include "schema/values/result.hpp"
#include "server/tables/logins.hpp"

namespace kaiku::use_cases {

// The account behind a link; not_found when there is none, its 24 hours are over, or it is
// disabled.
Result<tables::Login> find_set_up(ledger::ReadTx& tx, std::string_view token, Instant now);

// With a secret the link stays open until `confirm_second_factor`; without one (venue staff only,
// else a field fault) the account is set up. May be repeated while the link is open.
Result<void> choose_password(ledger::WriteTx& tx, std::string_view token,
                             tables::PasswordHash const& password,
                             std::optional<Bytes> const& totp_secret);

// `totp_step`: the step that the typed code belongs to under the login's secret; nullopt when it is
// none, which is a fault at /totp. The code is used up and the link closed.
Result<AccountId> confirm_second_factor(ledger::WriteTx& tx, std::string_view token,
                                        std::optional<std::int64_t> totp_step);

// Venue staff: the account is set up with the password alone, and the link closed.
Result<AccountId> go_without_second_factor(ledger::WriteTx& tx, std::string_view token);

// code_already_used with the seconds to the first code that can work.
Error code_already_used(tables::Login const& login, Instant now);

// For commands and the demo, which know password and secret themselves: set up in one step.
void set_up_directly(ledger::WriteTx& tx, AccountId account, tables::PasswordHash const& password,
                     std::optional<Bytes> const& totp_secret);

}  // namespace kaiku::use_cases
