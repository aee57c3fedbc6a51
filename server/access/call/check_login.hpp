// Signing in, for API and pages alike: limits, then the slow half (password, second factor), then
// what the end of a try means for the limits, the log and the browser.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/values/result.hpp"
#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/access/identity/brakes.hpp"
#include "server/ledger/transactions.hpp"
#include "server/tables/accounts.hpp"
#include "server/tables/logins.hpp"

namespace kaiku::access {

struct GivenCredentials {
  std::string username;
  std::string password;
  std::string totp;  // empty when none was given; spaces are ignored
};

// What the password lane hands to the write handler.
struct CheckedTry {
  tables::CheckedLogin login;  // what use_cases::sign_in wants
  std::shared_ptr<Try> brake;
};

// What a try counts under in a browser that the account is not known in, the network first. A name
// counts as typed, whether or not somebody has it.
std::vector<Counted> counted_for_stranger(std::string_view username,
                                          domain::Address const& address);

// Before the slow work, in a read transaction: begins the try (too_many_requests while a delay
// runs, said in the log) and reads what to compare with. The work takes the same time for every
// name and makes a CheckedTry; a try whose work never runs is given back.
Result<Work> begin_check(Call const& call, ledger::ReadTx& tx, GivenCredentials given);

// After use_cases::sign_in. A failure counts and is logged with account and network, never with the
// typed name; one that was held up by nothing but a code that was used already is no guess.
void end_failed(Call const& call, CheckedTry const& tried, Error const& error);
// Takes the try back. The cookie (for Set-Cookie) makes the browser one that the account is known
// in.
std::string end_signed_in(Call const& call, CheckedTry const& tried, AccountId account);
// That cookie alone, for who came in by a set-up link: there was no try.
std::string note_browser(Call const& call, AccountId account);

}  // namespace kaiku::access
