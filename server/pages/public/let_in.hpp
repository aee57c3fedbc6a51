// The last step of coming in, by password or by set-up link: the way on with the cookies of the new
// session.
#pragma once

#include <string>
#include <string_view>

#include "server/access/call/call.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"
#include "server/tables/accounts.hpp"

namespace kaiku::pages {

// Ends the session that the browser had before. `account`: as it was before signing in
// (use_cases::sign_in); `known_browser`: the value of that cookie.
http::Response let_in(access::Call const& call, ledger::WriteTx& tx, tables::Account const& account,
                      std::string_view session_id, std::string known_browser, std::string to);

}  // namespace kaiku::pages
