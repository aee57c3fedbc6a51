#include "server/tables/offers.hpp"

#include <algorithm>
#include <utility>

#include "server/tables/reservations.hpp"

namespace kaiku::tables {
namespace {

// Numbers of parameters as `bind_question` gives them.
constexpr std::string_view offers_that_fit = R"(
  FROM event
  JOIN event_use USING (event_id)
  JOIN venue USING (venue_id)
  WHERE active = 1 AND ends_at_us > ?1 AND (?2 IS NULL OR starts_at_us < ?2) AND
    (?3 IS NULL OR municipality = ?3) AND (?4 IS NULL OR sector = ?4) AND
    (?5 IS NULL OR venue_id = ?5) AND
    (?6 = 0 OR (children_allowed = 1 AND kind = ?10)) AND (?7 = 0 OR kind = ?11) AND
    (?8 = 0 OR (sold_out = 0 AND (quota IS NULL OR quota > counted + (
      SELECT COALESCE(SUM(adult + child + companion), 0) FROM reservation
      WHERE reservation.event_id = event.event_id AND until_us > ?1 AND ended_seq IS NULL)))) AND
    (?9 = 1 OR cancelled = 0) )";

std::optional<std::int64_t> number_of(std::optional<contract::Sector> sector) {
  if (!sector) return std::nullopt;
  return static_cast<std::int64_t>(*sector);
}

template <class... More>
void bind_question(sql::Statement& query, OfferQuestion const& question, More const&... more) {
  query.with(question.from, question.to, question.at.municipality, number_of(question.at.sector),
             question.venue, question.for_children, question.courses, question.with_places,
             question.with_cancelled, contract::UseKind::admission, contract::UseKind::course,
             more...);
}

std::vector<Event> events_of(ledger::ReadTx& tx, std::vector<EventId> const& ids) {
  std::vector<Event> events;
  events.reserve(ids.size());
  for (auto const id : ids) events.push_back(find_event(tx, id).value());
  return events;
}

}  // namespace

std::vector<Venue> open_venues(ledger::ReadTx& tx, PlaceQuestion const& question) {
  auto venues = list_venues(tx, std::nullopt, every_row);
  std::erase_if(venues, [&](Venue const& venue) {
    return !venue.active ||
           (question.municipality && venue.municipality != *question.municipality) ||
           (question.sector && venue.sector != *question.sector);
  });
  return venues;
}

std::vector<domain::Municipality> municipalities_with_venues(ledger::ReadTx& tx) {
  auto query = tx.prepare(R"(
    SELECT code, name_fi, name_sv, name_en
    FROM municipality
    WHERE code IN (SELECT municipality FROM venue WHERE active = 1)
    ORDER BY code)");
  std::vector<domain::Municipality> found;
  while (query.step()) {
    found.push_back(
        {std::string(query.text(0)),
         {std::string(query.text(1)), std::string(query.text(2)), std::string(query.text(3))}});
  }
  return found;
}

std::vector<Event> list_offers(ledger::ReadTx& tx, OfferQuestion const& question,
                               std::int64_t offset, std::int64_t limit) {
  static std::string const sql = "SELECT event_id" + std::string(offers_that_fit) +
                                 "ORDER BY starts_at_us, event_id LIMIT ?12 OFFSET ?13";
  std::vector<EventId> ids;
  {
    auto query = tx.prepare(sql);
    bind_question(query, question, limit, offset);
    while (query.step()) ids.push_back(query.id<EventId>(0));
  }
  return events_of(tx, ids);
}

std::vector<Event> offers_around(ledger::ReadTx& tx, OfferQuestion const& question, Instant now,
                                 std::int64_t limit) {
  static std::string const sql = "SELECT event_id" + std::string(offers_that_fit) + R"(
    ORDER BY cancelled = 1 OR ends_at_us <= ?12,
      iif(cancelled = 1 OR ends_at_us <= ?12, abs(starts_at_us - ?12), starts_at_us), event_id
    LIMIT ?13)";
  std::vector<EventId> ids;
  {
    auto query = tx.prepare(sql);
    bind_question(query, question, now, limit);
    while (query.step()) ids.push_back(query.id<EventId>(0));
  }
  auto events = events_of(tx, ids);
  // Not by what is to come: a calendar is to have the same bytes while time goes by.
  std::ranges::sort(events, {},
                    [](Event const& event) { return std::pair(event.starts_at, event.id.value); });
  return events;
}

std::int64_t count_offers(ledger::ReadTx& tx, OfferQuestion const& question) {
  static std::string const sql = "SELECT count(*)" + std::string(offers_that_fit);
  auto query = tx.prepare(sql);
  bind_question(query, question);
  query.step();
  return query.integer(0);
}

bool has_places(ledger::ReadTx& tx, Event const& event, Instant now) {
  if (event.cancelled || event.sold_out) return false;
  return !event.quota || places_taken(tx, event, now) < *event.quota;
}

}  // namespace kaiku::tables
