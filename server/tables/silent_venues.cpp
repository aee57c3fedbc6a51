#include "server/tables/silent_venues.hpp"

#include "server/tables/counted_use.hpp"

namespace kaiku::tables {

std::vector<SilentVenue> silent_venues(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                       Day since) {
  auto query = tx.prepare(R"(
    SELECT venue_id, name, sector, area_id
    FROM venue
    WHERE active = 1 AND (?1 IS NULL OR area_id = ?1) AND NOT EXISTS (
      SELECT 1 FROM redemption INDEXED BY redemption_by_venue
      WHERE redemption.venue_id = venue.venue_id AND day >= ?2 AND adult + child > 0 AND )" KAIKU_COUNTED_NOW
                          R"()
    ORDER BY name, venue_id)");
  query.with(area, since);
  std::vector<SilentVenue> venues;
  while (query.step()) {
    venues.push_back({VenueId{query.integer(0)}, std::string(query.text(1)),
                      static_cast<contract::Sector>(query.integer(2)),
                      AreaId{std::string(query.text(3))}});
  }
  return venues;
}

std::int64_t count_silent_venues(ledger::ReadTx& tx, std::optional<AreaId> const& area, Day since) {
  return static_cast<std::int64_t>(silent_venues(tx, area, since).size());
}

}  // namespace kaiku::tables
