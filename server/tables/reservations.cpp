#include "server/tables/reservations.hpp"

#include "server/tables/ticket_columns.hpp"

namespace kaiku::tables {
namespace {

// The columns that reservation_from reads. A caller keeps the text: its address is the statement's
// key.
std::string select_reservation(std::string_view rest) {
  return R"(
    SELECT reservation_id, lineage_id, card_id, reservation.venue_id, event_id, until_us,
      )" KAIKU_TICKET_COLUMNS R"(, actor, order_ref, ended_seq
    FROM reservation )" +
         std::string(rest);
}

Reservation reservation_from(sql::Statement const& row) {
  Reservation held;
  held.id = row.id<ReservationId>(0);
  if (!row.is_null(1)) held.lineage = row.id<LineageId>(1);
  if (!row.is_null(2)) held.card = row.id<CardId>(2);
  held.venue = row.id<VenueId>(3);
  held.event = row.id<EventId>(4);
  held.until = {row.integer(5)};
  held.tickets = tickets_from(row, 6);
  held.actor = domain::Actor::unpack(row.integer(11));
  if (!row.is_null(12)) held.order_ref = std::string(row.text(12));
  held.ended = !row.is_null(13);
  return held;
}

std::vector<Reservation> all_of(sql::Statement& query) {
  std::vector<Reservation> rows;
  while (query.step()) rows.push_back(reservation_from(query));
  return rows;
}

}  // namespace

std::optional<Reservation> find_reservation(ledger::ReadTx& tx, ReservationId id) {
  static std::string const sql = select_reservation("WHERE reservation_id = ?1");
  auto query = tx.prepare(sql);
  query.with(id);
  if (!query.step()) return std::nullopt;
  return reservation_from(query);
}

std::optional<Reservation> open_reservation(ledger::ReadTx& tx, EventId event, LineageId lineage,
                                            Instant now) {
  static std::string const sql = select_reservation(R"(
    WHERE event_id = ?1 AND lineage_id = ?2 AND until_us > ?3 AND ended_seq IS NULL
    ORDER BY reservation_id LIMIT 1)");
  auto query = tx.prepare(sql);
  query.with(event, lineage, now);
  if (!query.step()) return std::nullopt;
  return reservation_from(query);
}

std::int64_t places_held(ledger::ReadTx& tx, EventId event, Instant now,
                         std::optional<LineageId> but_for) {
  auto query = tx.prepare(R"(
    SELECT COALESCE(SUM(adult + child + companion), 0)
    FROM reservation
    WHERE event_id = ?1 AND until_us > ?2 AND ended_seq IS NULL AND lineage_id IS NOT ?3)");
  // No lineage is 0, and nobody's is left out.
  query.with(event, now, but_for.value_or(LineageId{0}));
  query.step();
  return query.integer(0);
}

std::int64_t places_taken(ledger::ReadTx& tx, Event const& event, Instant now) {
  return event.places_used + places_held(tx, event.id, now);
}

std::vector<Reservation> open_reservations_of(ledger::ReadTx& tx, EventId event, Instant now) {
  static std::string const sql = select_reservation(R"(
    WHERE event_id = ?1 AND until_us > ?2 AND ended_seq IS NULL
    ORDER BY reservation_id)");
  auto query = tx.prepare(sql);
  query.with(event, now);
  return all_of(query);
}

// By the index of those that are open: `+` keeps the order from being read off the table itself.
std::vector<Reservation> list_reservations(ledger::ReadTx& tx, VenueId venue, Instant now,
                                           Page page) {
  static std::string const sql = select_reservation(R"(
    WHERE venue_id = ?1 AND until_us > ?2 AND ended_seq IS NULL AND +reservation_id > ?3
    ORDER BY +reservation_id LIMIT ?4)");
  auto query = tx.prepare(sql);
  query.with(venue, now, page.after, page.limit);
  return all_of(query);
}

std::vector<Reservation> list_reservations(ledger::ReadTx& tx, domain::Actor const& actor,
                                           Instant now, Page page) {
  static std::string const sql = select_reservation(R"(
    WHERE actor = ?1 AND until_us > ?2 AND ended_seq IS NULL AND +reservation_id > ?3
    ORDER BY +reservation_id LIMIT ?4)");
  auto query = tx.prepare(sql);
  query.with(actor.packed(), now, page.after, page.limit);
  return all_of(query);
}

std::vector<Reservation> reservations_by_event(ledger::ReadTx& tx, VenueId venue, Instant now,
                                               std::optional<ReservationId> after, int limit) {
  static std::string const sql = select_reservation(R"(
    JOIN event USING (event_id)
    WHERE reservation.venue_id = ?1 AND until_us > ?2 AND ended_seq IS NULL AND
      (?3 IS NULL OR (starts_at_us, event_id, until_us, reservation_id) >
        (SELECT e.starts_at_us, r.event_id, r.until_us, r.reservation_id
         FROM reservation r
         JOIN event e USING (event_id)
         WHERE r.reservation_id = ?3))
    ORDER BY starts_at_us, event_id, until_us, reservation_id LIMIT ?4)");
  auto query = tx.prepare(sql);
  query.with(venue, now, after, limit);
  return all_of(query);
}

std::int64_t count_open_reservations(ledger::ReadTx& tx, VenueId venue, Instant now) {
  auto query = tx.prepare(R"(
    SELECT COUNT(*)
    FROM reservation
    WHERE venue_id = ?1 AND until_us > ?2 AND ended_seq IS NULL)");
  query.with(venue, now);
  query.step();
  return query.integer(0);
}

}  // namespace kaiku::tables
