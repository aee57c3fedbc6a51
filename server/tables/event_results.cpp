#include "server/tables/event_results.hpp"

#include <string>

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

// What was given for a reservation may be fewer places than it held.
ReservedPlaces reserved_places(ledger::ReadTx& tx, EventId event, Instant now) {
  auto query = tx.prepare(R"(
    SELECT COALESCE(SUM(r.adult + r.child + r.companion), 0),
      COALESCE(SUM(CASE
        WHEN ended_by IS NOT NULL THEN MAX(0, r.adult + r.child + r.companion -
          COALESCE(u.adult + u.child + u.companion, 0))
        WHEN ended_seq IS NOT NULL OR until_us <= ?2 THEN r.adult + r.child + r.companion
        ELSE 0 END), 0)
    FROM reservation r
    LEFT JOIN redemption u ON u.redemption_id = r.ended_by
    WHERE r.event_id = ?1)");
  query.with(event, now);
  query.step();
  return {query.integer(0), query.integer(1)};
}

}  // namespace kaiku::tables
