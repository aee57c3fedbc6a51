// A card whose holder has neither the card nor the letter: found by what the office was told.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/tables/cards.hpp"

namespace kaiku::use_cases {

struct LostCard {
  int birth_year = 0;
  std::string postcode;
  Day from, to;                   // when it was given
  std::optional<int> children{};  // as they were then
};
// So many are shown; one more says that there are too many.
inline constexpr std::size_t most_lost_matches = 10;

// Cards of the own office in use whose holder's facts, of then or of now, are these; the first
// given first, `most_lost_matches` + 1 at most. Problem::forbidden to whoever works at no office.
// Reads no card's page: whoever shows a match says so by read_card.
Result<std::vector<CardId>> find_lost_card(ledger::ReadTx& tx, LostCard const& lost,
                                           domain::Caller const& caller);

}  // namespace kaiku::use_cases
