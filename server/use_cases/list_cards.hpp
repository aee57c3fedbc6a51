// An office looks through its cards: which end soon, and which nobody has used.
#pragma once

#include <optional>
#include <vector>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/tables/office_cards.hpp"

namespace kaiku::use_cases {

struct ListedCard {
  CardId card;
  contract::CardCode code;
  Day last_valid;
};
struct CardList {
  std::int64_t count = 0;  // of all pages
  std::vector<ListedCard> cards;
};

struct CardListPage {
  std::optional<tables::CardListPlace> after;
  int limit = 50;
};
// Both are Problem::forbidden to whoever works at no office, and write which cards they showed.
Result<CardList> list_expiring(ledger::WriteTx& tx, Day from, Day to, CardListPage const& page,
                               domain::Caller const& caller);

// Cards in use that had no use in their first sixty days or more, as the first of this month knew
// it: a card that leaves the list in between would tell the day of a visit.
inline constexpr int unused_after_days = 60;
Day unused_as_of(Day today);
Result<CardList> list_unused(ledger::WriteTx& tx, CardListPage const& page,
                             domain::Caller const& caller);

}  // namespace kaiku::use_cases
