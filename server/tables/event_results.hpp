// What became of events: those to which nobody came, and how far their quotas were used.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "server/ledger/transactions.hpp"
#include "server/tables/network.hpp"

namespace kaiku::tables {

// Events that were not cancelled, the newest first; those after `after` in that order.
struct EventResults {
  std::optional<VenueId> venue = {};
  std::optional<AreaId> area = {};           // of the venue
  std::optional<Instant> ended_before = {};  // none: those to come too
  std::optional<EventId> after = {};
  int limit = 50;
};
// Over, with places on offer, not sold out elsewhere, and without a use that counts.
std::vector<Event> events_without_takers(ledger::ReadTx& tx, EventResults const& question);
std::int64_t count_events_without_takers(ledger::ReadTx& tx, EventResults const& question);
// With a quota above zero.
std::vector<Event> events_with_quota(ledger::ReadTx& tx, EventResults const& question);

// Places that count against the quota.
struct ReservedPlaces {
  std::int64_t reserved = 0;  // ever, whatever became of it
  std::int64_t returned = 0;  // of these: taken back, not fetched in time, or not given
};
ReservedPlaces reserved_places(ledger::ReadTx& tx, EventId event, Instant now);

}  // namespace kaiku::tables
