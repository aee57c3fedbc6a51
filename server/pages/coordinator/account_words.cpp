#include "server/pages/coordinator/account_words.hpp"

#include "server/pages/frame/dates.hpp"
#include "server/tables/network.hpp"

namespace kaiku::pages {

std::string_view state_text(contract::Language language, tables::AccountState state) {
  switch (state) {
    case tables::AccountState::not_set_up: return in(language, Text::account_not_set_up);
    case tables::AccountState::in_use: return in(language, Text::account_in_use);
    case tables::AccountState::disabled: return in(language, Text::account_disabled);
  }
  return {};
}

std::string place_text(ledger::ReadTx& tx, contract::Language language,
                       tables::Account const& account) {
  if (account.office) {
    auto const office = tables::find_office(tx, *account.office);
    if (office) return office->name;
  } else if (account.venue) {
    auto const venue = tables::find_venue(tx, *account.venue);
    if (venue) return venue->name;
  } else if (account.area) {
    auto const area = tables::find_area(tx, *account.area);
    if (area) return area->name.in(language);
  }
  return std::string(in(language, Text::account_whole_country));
}

std::string last_sign_in_text(contract::Language language, tables::Account const& account) {
  if (!account.last_sign_in) return std::string(in(language, Text::account_never));
  return day_text(language, helsinki_day(*account.last_sign_in));
}

}  // namespace kaiku::pages
