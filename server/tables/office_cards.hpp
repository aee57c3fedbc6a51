// An office's registered cards, as it looks through them.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "server/ledger/transactions.hpp"
#include "server/tables/cards.hpp"

namespace kaiku::tables {

// Where the next page of a list begins: behind this card, in the list's own order.
struct CardListPlace {
  Day last_valid;
  CardId card;
};

// Whose last day lies between two days, the first to end first.
std::vector<Card> cards_that_end(ledger::ReadTx& tx, OfficeId office, Day from, Day to,
                                 std::optional<CardListPlace> const& after, int limit);
std::int64_t count_cards_that_end(ledger::ReadTx& tx, OfficeId office, Day from, Day to);

// Personal, valid on a day, registered on or before another, and without a use, undone or not, that
// the ledger knew of at a sequence; the first to end first.
struct Unused {
  OfficeId office;
  Day valid_on;
  Day registered_by;
  std::int64_t as_of = 0;
};
std::vector<Card> unused_cards(ledger::ReadTx& tx, Unused const& of,
                               std::optional<CardListPlace> const& after, int limit);
std::int64_t count_unused_cards(ledger::ReadTx& tx, Unused const& of);

// Community cards in use or blocked, the newest first: those registered before an entry.
std::vector<Card> community_cards(ledger::ReadTx& tx, OfficeId office,
                                  std::optional<std::int64_t> before, int limit);
std::int64_t count_community_cards(ledger::ReadTx& tx, OfficeId office);

// Personal cards in use that were given between two days, the first first.
struct CardGiven {
  CardId card;
  LineageId lineage;
  Day registered_on;
};
std::vector<CardGiven> cards_given(ledger::ReadTx& tx, OfficeId office, Day from, Day to);

}  // namespace kaiku::tables
