// Venues of which nobody brings uses any more.
#pragma once

#include <optional>
#include <vector>

#include "schema/contract/card_state.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

// An active venue without a counted use on `since` or later.
struct SilentVenue {
  VenueId id;
  std::string name;
  contract::Sector sector = contract::Sector::culture;
  AreaId area;
};
// By name; of all areas when none is named. New venues are silent from the day they began.
std::vector<SilentVenue> silent_venues(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                       Day since);
std::int64_t count_silent_venues(ledger::ReadTx& tx, std::optional<AreaId> const& area, Day since);

}  // namespace kaiku::tables
