// Uses recorded by others than one actor, as the door of that actor has to know them.
#pragma once

#include <optional>
#include <vector>

#include "server/domain/caller.hpp"
#include "server/tables/redemptions.hpp"

namespace kaiku::tables {

struct LineageUses {
  LineageId lineage;
  int adults = 0;
  int children = 0;
  bool adult_today = false;
  Instant last_at;  // of an adult ticket, where there is one
};
// Where uses are asked for: at an event whatever the day, or at the venue today without one.
struct DoorPlace {
  VenueId venue;
  std::optional<EventId> event;
  Day today;
};
// Everybody but the device that asks: its own uses are in its journal, all but those of attempts
// that its folder does not hold (it was restored, or has a double).
struct AttemptRange {
  std::int64_t from = 0;
  std::int64_t to = 0;  // inclusive
};
struct Others {
  domain::Actor but;
  std::vector<AttemptRange> missing{};
};
// Undone uses, those that wait for a ruling and the own ones are left out, in all three.
std::vector<LineageUses> uses_of_others(ledger::ReadTx& tx, DoorPlace const& place,
                                        Others const& others);
// Places that count against the quota of an event.
int places_of_others(ledger::ReadTx& tx, EventId event, Others const& others);
// The tickets of a venue on a day, with an event or without.
DayCount day_count_of_others(ledger::ReadTx& tx, VenueId venue, Day day, Others const& others);

}  // namespace kaiku::tables
