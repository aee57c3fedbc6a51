// What an account's owner is told on the first page after signing in: when somebody last did, and
// who reset the account since. Kept out of the address, sealed in a cookie of that session.
#pragma once

#include <string>
#include <string_view>

#include "server/access/call/call.hpp"
#include "server/ledger/transactions.hpp"
#include "server/pages/frame/texts.hpp"
#include "server/tables/accounts.hpp"

namespace kaiku::pages {

inline constexpr std::string_view greeting_cookie_name = "__Host-kaiku-greeting";

// The value of Set-Cookie for a session that has just been opened. `signed_in`: the account as it
// was before (use_cases::sign_in).
std::string greeting_cookie(access::Call const& call, ledger::ReadTx& tx,
                            tables::Account const& signed_in, Digest const& session);
// The sentences, empty when there are none to tell. Whose page shows them takes the cookie away.
std::string greeting_of(access::Call const& call, contract::Language language);
std::string ended_greeting_cookie();

}  // namespace kaiku::pages
