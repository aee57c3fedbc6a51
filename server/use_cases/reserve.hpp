// Places of an event that are held for a card until a time: held, taken away, used up.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "schema/contract/admission.hpp"
#include "schema/contract/card_token.hpp"
#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/ledger/transactions.hpp"
#include "server/tables/network.hpp"
#include "server/tables/reservations.hpp"

namespace kaiku::use_cases {

struct ReservationRequest {
  VenueId venue;
  EventId event;
  contract::Tickets tickets{.adult = 1};
  Instant until;  // no longer than the event's doors are open
  std::optional<std::string> order_ref = {};
  std::optional<ReservationId> replaces = {};  // the card's own, which it changes
};
struct Held {
  tables::Reservation reservation;
  std::optional<int> quota_left;  // beside it
};
// The card has one for this event already, and the request does not name it.
struct ReservedAlready {
  tables::Reservation standing;
};
// Held; or the decision that would give no ticket at the event, by which nothing was written; its
// own places do not stand in a card's way. Errors: those of a check, and a fault at /until for a
// time that has passed.
using ReserveAnswer = std::variant<Held, contract::Decision, ReservedAlready>;
Result<ReserveAnswer> reserve(ledger::WriteTx& tx, ReservationRequest const& request,
                              contract::CardInput const& card, domain::Caller const& caller);

// How long places are held when nobody says: until half an hour before the start, or to the start,
// or to the end, whichever is still to come.
Instant usual_end_of_hold(tables::Event const& event, Instant now);

// Frees its places. not_found for one that is not the caller's (an agent's are those it made), and
// for one that has ended.
Result<void> remove_reservation(ledger::WriteTx& tx, ReservationId id,
                                domain::Caller const& caller);
// Those of an event that does not take place; how many there were.
std::int64_t remove_reservations_of(ledger::WriteTx& tx, EventId event, domain::Actor const& actor);
// Those of a venue that gives no tickets any more, in the order in which they were made.
std::int64_t remove_reservations_of(ledger::WriteTx& tx, VenueId venue, domain::Actor const& actor);

struct GivenTickets {
  RedemptionId use;
  std::optional<EventId> event;
  std::optional<LineageId> lineage;
  contract::Tickets tickets;
  Instant occurred;
};
// What the holder had reserved there is used up. Where it was more places than were given now, the
// others are held for another minute: whoever comes along is often added to the ticket by a second.
void use_up_reservation(ledger::WriteTx& tx, domain::Actor const& actor, GivenTickets const& given);

}  // namespace kaiku::use_cases
