// The slow half of signing in, for API and pages alike: delays, password, second factor.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "schema/values/result.hpp"
#include "server/access/identity/services.hpp"
#include "server/ledger/transactions.hpp"
#include "server/tables/accounts.hpp"
#include "server/tables/logins.hpp"

namespace kaiku::access {

struct GivenCredentials {
  std::string username;
  std::string password;
  std::string totp;  // empty when none was given; spaces are ignored
};

// Before the slow work, in a read transaction: counts the try (too_many_requests while a delay
// runs) and reads what to compare with. The work that comes back takes the same time for every
// name; it runs on the password lane and hands back what use_cases::sign_in wants.
Result<std::function<tables::CheckedLogin()>> begin_check(ledger::ReadTx& tx,
                                                          GivenCredentials given,
                                                          std::string_view peer, Services& services,
                                                          Instant now);

// Whether the try was no guess, so that LoginDelays::succeeded may take it back: signed in, or held
// up by nothing but a code that was used already.
inline bool was_no_guess(Result<tables::Account> const& signed_in) {
  return signed_in.has_value() || signed_in.error().problem == Problem::code_already_used;
}

}  // namespace kaiku::access
