// Venues of which nobody brings uses any more.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/contract/card_state.hpp"
#include "server/domain/silence.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

// A venue that is active now, with how silent it was at the end of a day.
struct SilentVenue {
  VenueId id;
  std::string name;
  contract::Sector sector = contract::Sector::culture;
  AreaId area;
  std::optional<std::string> contact_role;
  std::optional<std::string> work_contact;
  domain::Silence silence;
};
// All of them, by name, by what was recorded at the end of `until`; of all areas when none is
// named.
std::vector<SilentVenue> active_venues_by_silence(ledger::ReadTx& tx,
                                                  std::optional<AreaId> const& area, Day until);
// Those that are silent for the step then. A venue that is newer than the step is not.
std::int64_t count_silent_venues(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                 domain::SilenceStep step, Day until);

// How a venue's door does; the device that was heard of last speaks for all.
enum class DoorState : std::uint8_t {
  none,     // no device in use
  unheard,  // in use and not heard of yet
  silent,   // not heard of for a week
  heard,
};
std::string_view word_of(DoorState state);
DoorState door_state_of(ledger::ReadTx& tx, VenueId venue, Instant now);

}  // namespace kaiku::tables
