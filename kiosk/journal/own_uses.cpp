// What this device gave, as later decisions count it: the same periods as the server's, over the
// device's own table.
#include "kiosk/journal/journal.hpp"
#include "schema/contract/limit_days.hpp"

namespace kaiku::kiosk {

namespace {

int small(Statement const& row, int column) { return static_cast<int>(row.integer(column)); }

Statement& bind_event(Statement& statement, int index, std::optional<EventId> event) {
  return event ? statement.bind(index, event->value) : statement;  // an unbound parameter is NULL
}

int adults_in_limit(Database& database, OwnQuestion const& question) {
  auto const days =
      contract::days_of_limit(question.limit->period, question.day, question.valid_from);
  auto row = database.prepare(R"(
    SELECT COALESCE(SUM(adult), 0)
    FROM own_use
    WHERE card = ?1 AND event IS ?2 AND day BETWEEN ?3 AND ?4 AND undone = 0)");
  row.bind(1, ByteView(question.card)).bind(3, std::int64_t{days.first.value});
  bind_event(row, 2, question.event).bind(4, std::int64_t{days.last.value}).step();
  return small(row, 0);
}

}  // namespace

void Journal::insert(std::int64_t attempt, GivenUse const& use) {
  auto insert = database_.prepare(R"(
    INSERT INTO own_use (attempt, card, event, day, at_us, adult, child, assistant,
      interpreter, companion, card_was_unknown)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11))");
  insert.bind(1, attempt).bind(2, ByteView(use.card)).bind(4, std::int64_t{use.day.value});
  bind_event(insert, 3, use.event).bind(5, use.at.us);
  insert.bind(6, std::int64_t{use.tickets.adult})
      .bind(7, std::int64_t{use.tickets.child})
      .bind(8, std::int64_t{use.tickets.assistant})
      .bind(9, std::int64_t{use.tickets.interpreter})
      .bind(10, std::int64_t{use.tickets.companion})
      .bind(11, std::int64_t{use.card_was_unknown})
      .step();
}

std::vector<RecordedUse> Journal::latest_uses(Instant since, std::int64_t most) {
  auto row = database_.prepare(R"(
    SELECT attempt, at_us, adult, child, assistant, interpreter, companion
    FROM own_use
    WHERE undone = 0
    ORDER BY attempt DESC LIMIT ?1)");
  row.bind(1, most);
  std::vector<RecordedUse> uses;
  while (row.step() && Instant{row.integer(1)} >= since) {
    contract::Tickets const tickets{small(row, 2), small(row, 3), small(row, 4), small(row, 5),
                                    small(row, 6)};
    uses.push_back({row.integer(0), tickets, Instant{row.integer(1)}});
  }
  return uses;
}

contract::EarlierUses Journal::own_uses(OwnQuestion const& question) {
  contract::EarlierUses uses;
  if (question.event) uses.quota_used = own_places(*question.event);
  if (question.card == OwnCard{}) return uses;
  // At an event every day counts; without one, this day alone.
  auto const days = contract::days_of_limit(
      question.event ? contract::LimitPeriod::event : contract::LimitPeriod::day, question.day, {});
  auto row = database_.prepare(R"(
    SELECT COALESCE(SUM(adult), 0), COALESCE(SUM(child), 0), COALESCE(SUM(CASE WHEN day = ?5
      THEN adult END), 0), MAX(CASE WHEN adult > 0 THEN at_us END)
    FROM own_use
    WHERE card = ?1 AND event IS ?2 AND day BETWEEN ?3 AND ?4 AND undone = 0)");
  row.bind(1, ByteView(question.card)).bind(3, std::int64_t{days.first.value});
  bind_event(row, 2, question.event).bind(4, std::int64_t{days.last.value});
  row.bind(5, std::int64_t{question.day.value}).step();
  uses.adults_here = small(row, 0);
  uses.children_here = small(row, 1);
  uses.adult_today_here = row.integer(2) > 0;
  // Of an old use only the day is left (forget_uses): no time is better than a false one.
  bool const has_time = !row.is_null(3) && row.integer(3) % day_us != 0;
  if (has_time) uses.last_here = Instant{row.integer(3)};
  if (question.limit) uses.uses_in_limit_period = adults_in_limit(database_, question);
  return uses;
}

int Journal::own_places(EventId event) {
  auto row = database_.prepare(R"(
    SELECT COALESCE(SUM(adult + child + companion), 0)
    FROM own_use
    WHERE event = ?1 AND undone = 0)");
  row.bind(1, event.value).step();
  return small(row, 0);
}

int Journal::unknown_cards_on(Day day) {
  auto row = database_.prepare(R"(
    SELECT COUNT(*)
    FROM own_use
    WHERE day = ?1 AND card_was_unknown = 1 AND undone = 0)");
  row.bind(1, std::int64_t{day.value}).step();
  return small(row, 0);
}

Journal::DayCount Journal::own_count_on(Day day) {
  auto row = database_.prepare(R"(
    SELECT COALESCE(SUM(adult + child + assistant + interpreter + companion), 0),
      COALESCE(SUM(child), 0)
    FROM own_use
    WHERE day = ?1 AND undone = 0)");
  row.bind(1, std::int64_t{day.value}).step();
  return {small(row, 0), small(row, 1)};
}

KeptUses kept_uses(contract::VenuePart const& venue, Day today) {
  KeptUses kept{today, {}, std::nullopt};
  for (auto const& event : venue.events) kept.events.push_back(event.id);
  if (venue.limit) {
    kept.limit_from =
        contract::days_of_limit(venue.limit->period, today, today + -longest_limit_days).first;
  }
  return kept;
}

void Journal::forget_uses(KeptUses const& kept) {
  Day const recent = kept.today + -days_with_time;
  Day const limit_from = std::min(kept.limit_from.value_or(recent), recent);
  std::string events;  // as a JSON array
  for (auto const event : kept.events) {
    events += (events.empty() ? "[" : ",") + std::to_string(event.value);
  }
  events += events.empty() ? "[]" : "]";
  Transaction writing(database_);
  auto gone = database_.prepare(R"(
    DELETE FROM own_use
    WHERE day < ?1 AND (event IS NOT NULL OR day < ?2) AND
      (event IS NULL OR event NOT IN (SELECT value FROM json_each(?3))))");
  gone.bind(1, std::int64_t{recent.value}).bind(2, std::int64_t{limit_from.value});
  gone.bind(3, std::string_view(events)).step();
  auto without_time = database_.prepare(R"(
    UPDATE own_use
    SET at_us = day * ?2
    WHERE day < ?1 AND at_us <> day * ?2)");
  without_time.bind(1, std::int64_t{recent.value}).bind(2, day_us).step();
  writing.commit();
}

}  // namespace kaiku::kiosk
