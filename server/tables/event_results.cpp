#include "server/tables/event_results.hpp"

#include <string>

#include "server/ledger/reservation_entries.hpp"
#include "server/tables/counted_use.hpp"

namespace kaiku::tables {
namespace {

constexpr std::string_view asked_for = R"(
  FROM event
  JOIN venue USING (venue_id)
  WHERE (?1 IS NULL OR venue_id = ?1) AND (?2 IS NULL OR area_id = ?2) AND
    (?3 IS NULL OR ends_at_us < ?3) AND cancelled = 0 )";
constexpr std::string_view has_no_takers = R"(
  AND sold_out = 0 AND (quota IS NULL OR quota > 0) AND NOT EXISTS (
    SELECT 1 FROM redemption
    WHERE redemption.event_id = event.event_id AND )" KAIKU_COUNTED_NOW ") ";
constexpr std::string_view newest_first = R"(
  AND (?4 IS NULL OR (starts_at_us, event_id) <
    (SELECT starts_at_us, event_id FROM event WHERE event_id = ?4))
  ORDER BY starts_at_us DESC, event_id DESC LIMIT ?5)";

// A caller keeps the text: its address is the statement's key.
std::string listed(std::string_view narrowed) {
  return "SELECT event_id" + std::string(asked_for) + std::string(narrowed) +
         std::string(newest_first);
}

std::vector<Event> events_of(ledger::ReadTx& tx, std::string const& sql,
                             EventResults const& question) {
  std::vector<EventId> ids;
  {
    auto query = tx.prepare(sql);
    query.with(question.venue, question.area, question.ended_before, question.after,
               question.limit);
    while (query.step()) ids.push_back(query.id<EventId>(0));
  }
  std::vector<Event> events;
  events.reserve(ids.size());
  for (auto const id : ids) events.push_back(find_event(tx, id).value());
  return events;
}

}  // namespace

std::vector<Event> events_without_takers(ledger::ReadTx& tx, EventResults const& question) {
  static std::string const sql = listed(has_no_takers);
  return events_of(tx, sql, question);
}

std::int64_t count_events_without_takers(ledger::ReadTx& tx, EventResults const& question) {
  static std::string const sql =
      "SELECT COUNT(*)" + std::string(asked_for) + std::string(has_no_takers);
  auto query = tx.prepare(sql);
  query.with(question.venue, question.area, question.ended_before);
  query.step();
  return query.integer(0);
}

std::vector<Event> events_with_quota(ledger::ReadTx& tx, EventResults const& question) {
  static std::string const sql = listed("AND quota > 0 ");
  return events_of(tx, sql, question);
}

// What was given for a reservation may be fewer places than it held. The rest is either held on, as
// a reservation of its own with the number of the entry that ended the whole, or returned. A rest
// whose whole holds again, since its ticket was undone, is in the whole once more.
ReservedPlaces reserved_places(ledger::ReadTx& tx, EventId event, Instant now) {
  auto query = tx.prepare(R"(
    WITH held AS (
      SELECT reservation_id AS id, adult + child + companion AS places, until_us, ended_seq,
        ended_by, NOT EXISTS (
          SELECT 1 FROM ledger WHERE seq = reservation_id AND kind = ?3) AS is_rest
      FROM reservation
      WHERE event_id = ?1)
    SELECT COALESCE(SUM(IIF(is_rest, 0, held.places)), 0),
      COALESCE(SUM(CASE
        WHEN is_rest AND NOT EXISTS (SELECT 1 FROM held whole WHERE whole.ended_seq = held.id)
          THEN 0
        WHEN ended_by IS NOT NULL THEN MAX(0, held.places -
          COALESCE((SELECT adult + child + companion FROM redemption
                    WHERE redemption_id = ended_by AND undone_seq IS NULL), 0) -
          COALESCE((SELECT rest.places FROM held rest WHERE rest.id = held.ended_seq), 0))
        WHEN ended_seq IS NOT NULL OR until_us <= ?2 THEN held.places
        ELSE 0 END), 0)
    FROM held)");
  query.with(event, now, ledger::ReservationMade::kind);
  query.step();
  return {query.integer(0), query.integer(1)};
}

}  // namespace kaiku::tables
