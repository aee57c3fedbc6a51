// Who did something, as colleagues know them.
#pragma once

#include <string>

#include "server/domain/caller.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// The user name of an account; a dash for anybody else.
std::string actor_text(ledger::ReadTx& tx, domain::Actor const& actor);

}  // namespace kaiku::pages
