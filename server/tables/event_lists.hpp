// Lists of events, by the time they start, and what has been given to one.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "server/ledger/transactions.hpp"
#include "server/tables/network.hpp"

namespace kaiku::tables {

struct EventQuestion {
  std::optional<VenueId> venue = {};
  std::optional<AreaId> area = {};  // of the venue
  bool over = false;                // those that had ended by `now`, else those that had not
  Instant now;
};
// Those to come by their start, those that are over the newest first; the ones after `after`.
std::vector<Event> listed_events(ledger::ReadTx& tx, EventQuestion const& question,
                                 std::optional<EventId> after, int limit);
std::int64_t count_listed_events(ledger::ReadTx& tx, EventQuestion const& question);
// Tickets of all kinds that count, undone ones left out.
std::int64_t tickets_of_event(ledger::ReadTx& tx, EventId event);

}  // namespace kaiku::tables
