// The lists beside the figures: venues that are silent, events to which nobody came, and how far
// quotas were used. None of them tells a coordinator how many came, or when.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/domain/quota_band.hpp"
#include "server/tables/event_results.hpp"
#include "server/tables/silent_venues.hpp"

namespace kaiku::use_cases {

// In all three, `area` narrows what a coordinator sees: a fault at /area for what is no area,
// forbidden for another's and for staff, who see their own venue alone.

struct SilentVenues {
  Day as_of;                                                        // a Sunday
  std::array<std::int64_t, domain::silence_steps.size()> counts{};  // by step
  struct Row {
    tables::SilentVenue venue;
    tables::DoorState door = tables::DoorState::none;
  };
  std::vector<Row> venues;  // silent for the step that was asked for
};
// Problem::forbidden for whoever coordinates nothing.
Result<SilentVenues> list_silent_venues(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                        domain::SilenceStep step, domain::Caller const& caller,
                                        Instant now);

struct EventListPage {
  std::optional<EventId> after = {};
  int limit = 50;
};
struct UntakenOffers {
  std::int64_t count = 0;  // of all pages
  std::vector<tables::Event> events;
};
// Of days that are over.
Result<UntakenOffers> list_untaken_offers(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                          EventListPage const& page, domain::Caller const& caller,
                                          Instant now);

struct QuotaUse {
  tables::Event event;
  // The venue itself knows whom it let in; everybody else gets the band, of days that are over.
  std::optional<tables::ReservedPlaces> exact;
  std::optional<domain::QuotaBand> band;
};
Result<std::vector<QuotaUse>> list_quota_use(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                             EventListPage const& page,
                                             domain::Caller const& caller, Instant now);

}  // namespace kaiku::use_cases
