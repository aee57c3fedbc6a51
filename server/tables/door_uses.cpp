#include "server/tables/door_uses.hpp"

#include <nlohmann/json.hpp>

#include "schema/contract/attempt_key.hpp"
#include "server/tables/counted_use.hpp"

// Uses of other actors, and those of attempts that the device's own folder does not hold. The three
// numbers are parameters: the device, a JSON list of [from, to], and where in a key of the device
// the attempt's number begins.
#define KAIKU_OF_OTHERS(device, missing, digits)                                              \
  "(actor <> " device " OR (" missing " <> '[]' AND EXISTS (SELECT 1 FROM json_each(" missing \
  ") WHERE CAST(substr(idempotency_key, " digits                                              \
  ") AS INTEGER) BETWEEN value ->> 0 AND value"                                               \
  " ->> 1)))"

namespace kaiku::tables {
namespace {

// Bound as text that has to outlive the query.
std::string missing_in(Others const& others) {
  nlohmann::json json = nlohmann::json::array();
  for (auto const& range : others.missing) json.push_back({range.from, range.to});
  return json.dump();
}

std::int64_t key_digits(Others const& others) {
  // "d:7:" and from 1 on, as SQL counts.
  auto const any = contract::attempt_key(DeviceId{others.but.id}, 1);
  return static_cast<std::int64_t>(any.size());
}

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
                                        Others const& others) {
  auto const missing = missing_in(others);
  if (place.event) {
    auto query = tx.prepare(R"(
      SELECT lineage_id, SUM(adult), SUM(child), MAX(day = ?2 AND adult > 0), COALESCE(MAX(CASE
        WHEN adult > 0 THEN occurred_at_us END), MAX(occurred_at_us))
      FROM redemption
      WHERE event_id = ?1 AND lineage_id IS NOT NULL AND
        )" KAIKU_OF_OTHERS("?3", "?4", "?5") " AND " KAIKU_COUNTED_NOW R"(
      GROUP BY +lineage_id)");
    query.with(*place.event, place.today, others.but.packed(), missing, key_digits(others));
    return uses_from(query);
  }
  auto query = tx.prepare(R"(
    SELECT lineage_id, SUM(adult), SUM(child), MAX(adult > 0), COALESCE(MAX(CASE WHEN adult > 0
      THEN occurred_at_us END), MAX(occurred_at_us))
    FROM redemption
    WHERE venue_id = ?1 AND day = ?2 AND event_id IS NULL AND lineage_id IS NOT NULL AND
      )" KAIKU_OF_OTHERS("?3", "?4", "?5") " AND " KAIKU_COUNTED_NOW R"(
    GROUP BY +lineage_id)");
  query.with(place.venue, place.today, others.but.packed(), missing, key_digits(others));
  return uses_from(query);
}

int places_of_others(ledger::ReadTx& tx, EventId event, Others const& others) {
  auto const missing = missing_in(others);
  auto query = tx.prepare(R"(
    SELECT COALESCE(SUM(adult + child + companion), 0)
    FROM redemption
    WHERE event_id = ?1 AND
      )" KAIKU_OF_OTHERS("?2", "?3", "?4") " AND " KAIKU_COUNTED_NOW);
  query.with(event, others.but.packed(), missing, key_digits(others));
  query.step();
  return query.small(0);
}

DayCount day_count_of_others(ledger::ReadTx& tx, VenueId venue, Day day, Others const& others) {
  auto const missing = missing_in(others);
  auto query = tx.prepare(R"(
    SELECT COALESCE(SUM(adult + child + assistant + interpreter + companion), 0),
      COALESCE(SUM(child), 0)
    FROM redemption
    WHERE venue_id = ?1 AND day = ?2 AND
      )" KAIKU_OF_OTHERS("?3", "?4", "?5") " AND " KAIKU_COUNTED_NOW);
  query.with(venue, day, others.but.packed(), missing, key_digits(others));
  query.step();
  return {query.integer(0), query.integer(1)};
}

}  // namespace kaiku::tables
