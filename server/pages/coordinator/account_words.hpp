// An account in words, for its list and its own page.
#pragma once

#include <string>
#include <string_view>

#include "server/ledger/transactions.hpp"
#include "server/pages/frame/texts.hpp"
#include "server/tables/accounts.hpp"

namespace kaiku::pages {

std::string_view state_text(contract::Language language, tables::AccountState state);
// The name of its office, venue or area; "Koko maa" of national roles.
std::string place_text(ledger::ReadTx& tx, contract::Language language,
                       tables::Account const& account);
std::string last_sign_in_text(contract::Language language, tables::Account const& account);

}  // namespace kaiku::pages
