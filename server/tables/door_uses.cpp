#include "server/tables/door_uses.hpp"

#include "server/tables/counted_use.hpp"

namespace kaiku::tables {
namespace {

std::vector<LineageUses> uses_from(sql::Statement& rows) {
  std::vector<LineageUses> uses;
  while (rows.step()) {
    uses.push_back({rows.id<LineageId>(0), rows.small(1), rows.small(2), rows.integer(3) != 0,
                    Instant{rows.integer(4)}});
  }
  return uses;
}

}  // namespace

std::vector<LineageUses> uses_of_others(ledger::ReadTx& tx, DoorPlace const& place,
                                        domain::Actor const& but) {
  if (place.event) {
    auto query = tx.prepare(R"(
      SELECT lineage_id, SUM(adult), SUM(child), MAX(day = ?2 AND adult > 0), COALESCE(MAX(CASE
        WHEN adult > 0 THEN occurred_at_us END), MAX(occurred_at_us))
      FROM redemption
      WHERE event_id = ?1 AND actor <> ?3 AND lineage_id IS NOT NULL AND )" KAIKU_COUNTED_NOW R"(
      GROUP BY +lineage_id)");
    query.with(*place.event, place.today, but.packed());
    return uses_from(query);
  }
  auto query = tx.prepare(R"(
    SELECT lineage_id, SUM(adult), SUM(child), MAX(adult > 0), COALESCE(MAX(CASE WHEN adult > 0
      THEN occurred_at_us END), MAX(occurred_at_us))
    FROM redemption
    WHERE venue_id = ?1 AND day = ?2 AND actor <> ?3 AND event_id IS NULL AND lineage_id IS NOT
      NULL AND )" KAIKU_COUNTED_NOW R"(
    GROUP BY +lineage_id)");
  query.with(place.venue, place.today, but.packed());
  return uses_from(query);
}

int places_of_others(ledger::ReadTx& tx, EventId event, domain::Actor const& but) {
  auto query = tx.prepare(R"(
    SELECT COALESCE(SUM(adult + child + companion), 0)
    FROM redemption
    WHERE event_id = ?1 AND actor <> ?2 AND )" KAIKU_COUNTED_NOW);
  query.with(event, but.packed());
  query.step();
  return query.small(0);
}

DayCount day_count_of_others(ledger::ReadTx& tx, VenueId venue, Day day, domain::Actor const& but) {
  auto query = tx.prepare(R"(
    SELECT COALESCE(SUM(adult + child + assistant + interpreter + companion), 0),
      COALESCE(SUM(child), 0)
    FROM redemption
    WHERE venue_id = ?1 AND day = ?2 AND actor <> ?3 AND )" KAIKU_COUNTED_NOW);
  query.with(venue, day, but.packed());
  query.step();
  return {query.integer(0), query.integer(1)};
}

}  // namespace kaiku::tables
