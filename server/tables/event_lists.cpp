#include "server/tables/event_lists.hpp"

#include "server/tables/counted_use.hpp"

namespace kaiku::tables {

std::vector<Event> listed_events(ledger::ReadTx& tx, EventQuestion const& question,
                                 std::optional<EventId> after, int limit) {
  auto query = tx.prepare(question.over ? R"(
    SELECT event_id
    FROM event
    JOIN venue USING (venue_id)
    WHERE (?1 IS NULL OR venue_id = ?1) AND (?2 IS NULL OR area_id = ?2) AND ends_at_us <= ?3 AND
      (?4 IS NULL OR (starts_at_us, event_id) <
        (SELECT starts_at_us, event_id FROM event WHERE event_id = ?4))
    ORDER BY starts_at_us DESC, event_id DESC LIMIT ?5)"
                                        : R"(
    SELECT event_id
    FROM event
    JOIN venue USING (venue_id)
    WHERE (?1 IS NULL OR venue_id = ?1) AND (?2 IS NULL OR area_id = ?2) AND ends_at_us > ?3 AND
      (?4 IS NULL OR (starts_at_us, event_id) >
        (SELECT starts_at_us, event_id FROM event WHERE event_id = ?4))
    ORDER BY starts_at_us, event_id LIMIT ?5)");
  query.with(question.venue, question.area, question.now, after, limit);
  std::vector<EventId> ids;
  while (query.step()) ids.push_back(query.id<EventId>(0));
  std::vector<Event> events;
  for (auto const id : ids) events.push_back(find_event(tx, id).value());
  return events;
}

std::int64_t count_listed_events(ledger::ReadTx& tx, EventQuestion const& question) {
  auto query = tx.prepare(R"(
    SELECT COUNT(*)
    FROM event
    JOIN venue USING (venue_id)
    WHERE (?1 IS NULL OR venue_id = ?1) AND (?2 IS NULL OR area_id = ?2) AND
      (ends_at_us <= ?3) = ?4)");
  query.with(question.venue, question.area, question.now, question.over);
  query.step();
  return query.integer(0);
}

std::int64_t tickets_of_event(ledger::ReadTx& tx, EventId event) {
  auto query = tx.prepare(R"(
    SELECT COALESCE(SUM(adult + child + assistant + interpreter + companion), 0)
    FROM redemption
    WHERE event_id = ?1 AND )" KAIKU_COUNTED_NOW);
  query.with(event);
  query.step();
  return query.integer(0);
}

}  // namespace kaiku::tables
