#include "server/use_cases/report_lists.hpp"

#include <algorithm>

#include "schema/values/faults.hpp"
#include "server/domain/scope.hpp"

namespace kaiku::use_cases {
namespace {

struct ListScope {
  std::optional<VenueId> venue;
  std::optional<AreaId> area;
};

Result<ListScope> scope_of(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                           domain::Caller const& caller) {
  if (auto const venue = caller.own_venue()) {
    if (area) return Error(Problem::forbidden);
    return ListScope{venue, std::nullopt};
  }
  if (!caller.coordinates()) return Error(Problem::forbidden);
  if (!area) return ListScope{std::nullopt, caller.area};
  auto const own = domain::require_area(caller, *area, domain::Named::in_body);
  if (!own) return own.error();
  if (!tables::find_area(tx, *area)) {
    return field_error("/area", FaultCode::not_found, "is no area");
  }
  return ListScope{std::nullopt, area};
}

tables::EventResults results_of(ListScope const& scope, EventListPage const& page,
                                std::optional<Instant> ended_before) {
  return {.venue = scope.venue,
          .area = scope.area,
          .ended_before = ended_before,
          .after = page.after,
          .limit = page.limit};
}

}  // namespace

Result<SilentVenues> list_silent_venues(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                        domain::SilenceStep step, domain::Caller const& caller,
                                        Instant now) {
  if (!caller.coordinates()) return Error(Problem::forbidden, "coordinators alone see venues");
  auto const scope = scope_of(tx, area, caller);
  if (!scope) return scope.error();
  SilentVenues list;
  list.as_of = domain::last_sunday(helsinki_day(now));
  for (auto& venue : tables::active_venues_by_silence(tx, scope->area, list.as_of)) {
    for (std::size_t at = 0; at < domain::silence_steps.size(); ++at) {
      list.counts[at] += domain::lasts(venue.silence, domain::silence_steps[at], list.as_of);
    }
    if (!domain::lasts(venue.silence, step, list.as_of)) continue;
    auto const door = tables::door_state_of(tx, venue.id, now);
    list.venues.push_back({std::move(venue), door});
  }
  return list;
}

Result<UntakenOffers> list_untaken_offers(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                          EventListPage const& page, domain::Caller const& caller,
                                          Instant now) {
  auto const scope = scope_of(tx, area, caller);
  if (!scope) return scope.error();
  auto const question = results_of(*scope, page, start_of(helsinki_day(now)));
  return UntakenOffers{tables::count_events_without_takers(tx, question),
                       tables::events_without_takers(tx, question)};
}

Result<std::vector<QuotaUse>> list_quota_use(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                             EventListPage const& page,
                                             domain::Caller const& caller, Instant now) {
  auto const scope = scope_of(tx, area, caller);
  if (!scope) return scope.error();
  bool const is_own = scope->venue.has_value();
  auto const closed = is_own ? std::nullopt : std::optional(start_of(helsinki_day(now)));
  std::vector<QuotaUse> uses;
  for (auto& event : tables::events_with_quota(tx, results_of(*scope, page, closed))) {
    QuotaUse use;
    if (is_own) {
      use.exact = tables::reserved_places(tx, event.id, now);
    } else {
      use.band = domain::band_of(event.places_used, event.quota.value());
    }
    use.event = std::move(event);
    uses.push_back(std::move(use));
  }
  return uses;
}

}  // namespace kaiku::use_cases
