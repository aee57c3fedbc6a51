#include "server/tables/silent_venues.hpp"

#include <algorithm>
#include <array>

#include "server/tables/counted_use.hpp"
#include "server/tables/ledger_places.hpp"

namespace kaiku::tables {
namespace {

constexpr std::int64_t silent_after_us = 7 * day_us;

std::optional<std::string> maybe_text(sql::Statement const& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return std::string(row.text(column));
}

// The venue's first day is that of its first version. A use is looked for from the newest day on:
// of a venue that is not silent the first row or two are read.
constexpr std::string_view venues_with_last_use = R"(
  SELECT venue_id, name, sector, area_id, contact_role, work_contact,
    (SELECT MIN(effective_from_us) FROM venue_version
     WHERE venue_version.venue_id = venue.venue_id),
    (SELECT day FROM redemption INDEXED BY redemption_by_venue
     WHERE redemption.venue_id = venue.venue_id AND day <= ?2 AND redemption_id <= ?3 AND
       (undone_seq IS NULL OR undone_seq > ?3) AND adult + child > 0 AND
       )" KAIKU_COUNTED_WHEN("accepted_seq <= ?3") R"(
     ORDER BY day DESC LIMIT 1)
  FROM venue
  WHERE active = 1 AND (?1 IS NULL OR area_id = ?1)
  ORDER BY name, venue_id)";

}  // namespace

std::vector<SilentVenue> active_venues_by_silence(ledger::ReadTx& tx,
                                                  std::optional<AreaId> const& area, Day until) {
  auto const as_of = sequence_at(tx, start_of(until + 1));
  auto query = tx.prepare(venues_with_last_use);
  query.with(area, until, as_of);
  std::vector<SilentVenue> venues;
  while (query.step()) {
    auto const began = helsinki_day(Instant{query.integer(6)});
    if (began > until) continue;
    bool const had_a_use = !query.is_null(7);
    domain::Silence const silence{had_a_use ? Day{query.small(7)} : began, had_a_use};
    venues.push_back({query.id<VenueId>(0), std::string(query.text(1)),
                      static_cast<contract::Sector>(query.small(2)),
                      AreaId{std::string(query.text(3))}, maybe_text(query, 4),
                      maybe_text(query, 5), silence});
  }
  return venues;
}

std::int64_t count_silent_venues(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                 domain::SilenceStep step, Day until) {
  auto const venues = active_venues_by_silence(tx, area, until);
  return std::ranges::count_if(
      venues, [&](SilentVenue const& venue) { return domain::lasts(venue.silence, step, until); });
}

std::string_view word_of(DoorState state) {
  constexpr std::array<std::string_view, 4> words{"none", "unheard", "silent", "heard"};
  return words.at(static_cast<std::size_t>(state));
}

// Before this server kept what it heard, uploads alone told of a device.
DoorState door_state_of(ledger::ReadTx& tx, VenueId venue, Instant now) {
  auto query = tx.prepare(R"(
    SELECT COUNT(*), MAX(COALESCE(heard_at_us, last_upload_at_us))
    FROM device
    LEFT JOIN device_contact USING (device_id)
    LEFT JOIN device_journal USING (device_id)
    WHERE venue_id = ?1 AND revoked_at_us IS NULL)");
  query.with(venue);
  query.step();
  if (query.integer(0) == 0) return DoorState::none;
  if (query.is_null(1)) return DoorState::unheard;
  bool const is_silent = now - Instant{query.integer(1)} > silent_after_us;
  return is_silent ? DoorState::silent : DoorState::heard;
}

}  // namespace kaiku::tables
