// The logins of a demo, for its sign-in page.
#pragma once

#include <string>
#include <vector>

#include "server/ledger/transactions.hpp"
#include "server/pages/public/login_view.hpp"

namespace kaiku::pages {

// Reads `accounts` of a demo's credentials.json, at most three of a role, each with the name of its
// area, office or venue and the one-time code of `now`. Empty when the file cannot be read. Only
// ever called for a demo.
std::vector<DemoLogin> demo_logins(ledger::ReadTx& tx, std::string const& credentials_file,
                                   Language language, Instant now);

}  // namespace kaiku::pages
