// Cards that took another's place.
#pragma once

#include <cstdint>
#include <optional>

#include "schema/values/time.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

struct Replacement {
  std::int64_t seq = 0;
  Instant at;
  CardId old_card;
  bool was_blocked = false;  // the old card, until then
};
// The one by which a card came to its holder, while no office has changed that card since. nullopt
// for any other card.
std::optional<Replacement> last_replacement_by(ledger::ReadTx& tx, CardId new_card);

}  // namespace kaiku::tables
