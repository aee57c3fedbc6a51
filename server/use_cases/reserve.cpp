#include "server/use_cases/reserve.hpp"

#include <algorithm>

#include "server/domain/scope.hpp"
#include "server/ledger/ledger.hpp"
#include "server/use_cases/judge_use.hpp"

namespace kaiku::use_cases {
namespace {

constexpr std::int64_t before_start_us = 30 * minute_us;
// Longer than a door lets tickets be added to one that was given.
constexpr std::int64_t rest_held_us = minute_us;

// The admission decision as it would be at the event, with the card and the places of now.
Result<contract::Decision> judge(ledger::ReadTx& tx, ReservationRequest const& asked,
                                 Door const& door, ResolvedCard const& card, Instant now) {
  auto const occurs = std::max(now, door.event->starts_at);
  auto const facts = facts_of_use(tx, door, card, occurs, std::nullopt);
  auto const kind = facts.card ? facts.card->kind : contract::CardKind::personal;
  auto const shape = contract::check_shape(asked.tickets, door.use_kind, kind, facts.offer);
  if (!shape) return shape.error();
  contract::RedemptionRequest request;
  request.venue = asked.venue;
  request.event = asked.event;
  request.tickets = asked.tickets;
  return judge_use(tx, request, door, card, facts, occurs, now);
}

// Of each kind what was not given yet, and no more places in all than that.
contract::Tickets rest_of(contract::Tickets const& held, contract::Tickets const& given) {
  using contract::Tickets;
  contract::Tickets rest;
  int places = std::max(0, held.counted_in_quota() - given.counted_in_quota());
  for (auto const kind : {&Tickets::adult, &Tickets::child, &Tickets::companion}) {
    rest.*kind = std::clamp(held.*kind - given.*kind, 0, places);
    places -= rest.*kind;
  }
  return rest;
}

void remove(ledger::WriteTx& tx, ReservationId id, domain::Actor const& actor) {
  ledger::append(tx, actor,
                 ledger::ReservationEnded{id, ledger::ReservationEnd::removed, std::nullopt});
}

std::int64_t remove_all(ledger::WriteTx& tx, std::vector<tables::Reservation> const& open,
                        domain::Actor const& actor) {
  for (auto const& reservation : open) remove(tx, reservation.id, actor);
  return static_cast<std::int64_t>(open.size());
}

}  // namespace

Result<ReserveAnswer> reserve(ledger::WriteTx& tx, ReservationRequest const& request,
                              contract::CardInput const& given, domain::Caller const& caller) {
  auto const door = open_door(tx, request.venue, request.event, std::nullopt, caller, std::nullopt);
  if (!door) return door.error();
  auto const resolved = resolve_card(tx, given);
  if (!resolved) return resolved.error();
  auto const& card = resolved->card;
  auto const standing = reservation_at(tx, request.event, *resolved, tx.now());
  if (standing && request.replaces != standing->id)
    return ReserveAnswer(ReservedAlready{*standing});
  auto const decision = judge(tx, request, *door, *resolved, tx.now());
  if (!decision) return decision.error();
  if (!decision->gives() || !card) return ReserveAnswer(*decision);
  auto const doors_close = door->event->ends_at + contract::event_over_after_us;
  auto const until = std::min(request.until, doors_close);
  if (until <= tx.now()) return field_error("/until", FaultCode::out_of_range, "has passed");
  if (standing) remove(tx, standing->id, caller.actor);
  ledger::ReservationMade made{request.venue, request.event, request.tickets, until};
  made.card = card->ref;
  if (card->lineage) made.lineage = card->lineage_ref;
  made.order_ref = request.order_ref;
  if (!made.order_ref && standing) made.order_ref = standing->order_ref;
  auto const receipt = ledger::append(tx, caller.actor, made);
  Held held{tables::find_reservation(tx, ReservationId{receipt.sequence}).value(), std::nullopt};
  if (decision->quota_left)
    held.quota_left = *decision->quota_left - request.tickets.counted_in_quota();
  return ReserveAnswer(std::move(held));
}

Instant usual_end_of_hold(tables::Event const& event, Instant now) {
  auto const before = event.starts_at + -before_start_us;
  if (before > now) return before;
  return event.starts_at > now ? event.starts_at : event.ends_at;
}

Result<void> remove_reservation(ledger::WriteTx& tx, ReservationId id,
                                domain::Caller const& caller) {
  auto const found = tables::find_reservation(tx, id);
  if (!found) return Error(Problem::not_found);
  bool const is_anothers = caller.role == domain::Role::agent && found->actor != caller.actor;
  if (!caller.stands_at(found->venue) || is_anothers) return Error(Problem::not_found);
  if (!found->is_open(tx.now())) return Error(Problem::not_found, "the reservation has ended");
  remove(tx, id, caller.actor);
  return {};
}

std::int64_t remove_reservations_of(ledger::WriteTx& tx, EventId event,
                                    domain::Actor const& actor) {
  return remove_all(tx, tables::open_reservations_of(tx, event, tx.now()), actor);
}

std::int64_t remove_reservations_of(ledger::WriteTx& tx, VenueId venue,
                                    domain::Actor const& actor) {
  return remove_all(tx, tables::list_reservations(tx, venue, tx.now(), tables::every_row), actor);
}

void use_up_reservation(ledger::WriteTx& tx, domain::Actor const& actor,
                        GivenTickets const& given) {
  if (!given.event || !given.lineage) return;
  auto const open = tables::open_reservation(tx, *given.event, *given.lineage, tx.now());
  if (!open) return;
  ledger::ReservationEnded ended{open->id, ledger::ReservationEnd::given, given.use};
  auto const rest = rest_of(open->tickets, given.tickets);
  auto const rest_until = given.occurred + rest_held_us;
  if (rest.total() > 0 && rest_until > tx.now()) {
    ended.rest = rest;
    ended.rest_until = rest_until;
  }
  ledger::append(tx, actor, ended);
}

}  // namespace kaiku::use_cases
