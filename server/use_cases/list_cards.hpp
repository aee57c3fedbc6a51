// An office looks through its cards: which end soon, which nobody has used, and those of groups.
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
  Day registered_on;  // of its holder's first card: a replacement is no new one
};
struct CardList {
  std::int64_t count = 0;  // of all pages
  std::vector<ListedCard> cards;
};

struct CardListPage {
  std::optional<tables::CardListPlace> after = {};
  int limit = 50;
  bool is_export = false;  // the cards leave as a file
};
inline constexpr CardListPage whole_list_as_file{.limit = -1, .is_export = true};
// Both are Problem::forbidden to whoever works at no office, and write which cards they showed.
Result<CardList> list_expiring(ledger::WriteTx& tx, Day from, Day to, CardListPage const& page,
                               domain::Caller const& caller);

// Personal cards in use that had no use in their first sixty days or more, as the first of this
// month knew it: a card that leaves the list in between would tell the day of a visit.
inline constexpr int unused_after_days = 60;
Day unused_as_of(Day today);
Result<CardList> list_unused(ledger::WriteTx& tx, CardListPage const& page,
                             domain::Caller const& caller);

struct CommunityCard {
  CardId card;
  LineageId lineage;
  contract::CardCode code;
  int ceiling = 0;
  contract::ShownState state;
  Day last_valid;
};
struct CommunityCards {
  std::int64_t count = 0;  // of all pages
  std::vector<CommunityCard> cards;
};
// Community cards in use or blocked, the newest first; `before`: the lineage behind which a page
// begins. Refused and written as the lists above.
Result<CommunityCards> list_community(ledger::WriteTx& tx, std::optional<std::int64_t> before,
                                      int limit, domain::Caller const& caller);

}  // namespace kaiku::use_cases
