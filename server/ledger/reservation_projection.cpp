#include "server/ledger/reservation_projection.hpp"

#include "schema/contract/admission.hpp"

namespace kaiku::ledger {

void apply_held(sql::Connection& db, Applied const& r, ReservationMade const& made) {
  db.prepare(R"(
      INSERT INTO reservation (reservation_id, lineage_id, card_id, venue_id, event_id, until_us,
        adult, child, assistant, interpreter, companion, actor, order_ref)
      SELECT ?1, card.lineage_id, card.card_id, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12
      FROM (SELECT 1)
      LEFT JOIN card ON card_ref = ?2)")
      .with(r.sequence, ByteView(made.card), made.venue, made.event, made.until, made.tickets.adult,
            made.tickets.child, made.tickets.assistant, made.tickets.interpreter,
            made.tickets.companion, r.actor.packed(), made.order_ref)
      .run();
}

void apply_freed(sql::Connection& db, Applied const& r, ReservationEnded const& ended) {
  db.prepare(R"(
      UPDATE reservation SET ended_seq = ?2, ended_by = ?3
      WHERE reservation_id = ?1 AND ended_seq IS NULL)")
      .with(ended.reservation, r.sequence, ended.redemption)
      .run();
  if (!ended.rest || !ended.rest_until) return;
  auto const& rest = *ended.rest;
  db.prepare(R"(
      INSERT INTO reservation (reservation_id, lineage_id, card_id, venue_id, event_id, until_us,
        adult, child, assistant, interpreter, companion, actor, order_ref)
      SELECT ?2, lineage_id, card_id, venue_id, event_id, ?3, ?4, ?5, ?6, ?7, ?8, actor, order_ref
      FROM reservation
      WHERE reservation_id = ?1 AND ended_seq = ?2)")
      .with(ended.reservation, r.sequence, *ended.rest_until, rest.adult, rest.child,
            rest.assistant, rest.interpreter, rest.companion)
      .run();
}

void apply_held_again(sql::Connection& db, Applied const& r, RedemptionId use) {
  // A rest of a rest as well: children came one after another.
  db.prepare(R"(
      WITH RECURSIVE rest (id) AS (
        SELECT ended_seq FROM reservation WHERE ended_by = ?1
        UNION
        SELECT ended_seq FROM rest JOIN reservation ON reservation_id = id)
      UPDATE reservation SET ended_seq = ?2
      WHERE reservation_id IN (SELECT id FROM rest) AND ended_seq IS NULL)")
      .with(use, r.sequence)
      .run();
  db.prepare(R"(
      UPDATE reservation SET ended_seq = NULL, ended_by = NULL
      WHERE ended_by = ?1 AND NOT EXISTS (
        SELECT 1 FROM reservation later
        WHERE later.lineage_id = reservation.lineage_id AND later.ended_seq IS NULL AND
          later.until_us > ?2 AND later.event_id = reservation.event_id) AND
        NOT EXISTS (SELECT 1 FROM event
          WHERE event.event_id = reservation.event_id AND cancelled = 1) AND
        NOT EXISTS (SELECT 1 FROM venue
          WHERE venue.venue_id = reservation.venue_id AND active = 0))")
      .with(use, r.recorded_at)
      .run();
}

void apply_moved(sql::Connection& db, Applied const& r, EventSet const& e) {
  // An end that lies behind after the move would take places away unsaid: they stand to the start.
  // A rest is held for those at the door, whenever the event begins. What a ticket was given for
  // moves too: it holds again when that is undone.
  auto const otherwise = e.starts_at > r.recorded_at ? e.starts_at : e.ends_at;
  auto const doors_close = e.ends_at + contract::event_over_after_us;
  db.prepare(R"(
      UPDATE reservation SET until_us = MIN(?5, IIF(until_us + ?2 - starts_at_us > ?3,
        until_us + ?2 - starts_at_us, ?4))
      FROM event
      WHERE event.event_id = ?1 AND reservation.event_id = ?1 AND starts_at_us <> ?2 AND
        until_us > ?3 AND (ended_seq IS NULL OR ended_by IS NOT NULL) AND reservation_id NOT IN (
          SELECT whole.ended_seq FROM reservation whole
          WHERE whole.event_id = ?1 AND whole.ended_seq IS NOT NULL))")
      .with(e.event, e.starts_at, r.recorded_at, otherwise, doors_close)
      .run();
}

}  // namespace kaiku::ledger
