// Places of events that are held for a card until a time.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/contract/admission.hpp"
#include "server/domain/caller.hpp"
#include "server/ledger/transactions.hpp"
#include "server/tables/network.hpp"

namespace kaiku::tables {

struct Reservation {
  ReservationId id;
  std::optional<LineageId> lineage;
  std::optional<CardId> card;
  VenueId venue;
  EventId event;
  Instant until;
  contract::Tickets tickets;
  domain::Actor actor;
  std::optional<std::string> order_ref;
  bool ended = false;  // by an entry, before its time
  bool is_open(Instant now) const { return !ended && until > now; }
};

std::optional<Reservation> find_reservation(ledger::ReadTx& tx, ReservationId id);
// The open one of a holder for an event.
std::optional<Reservation> open_reservation(ledger::ReadTx& tx, EventId event, LineageId lineage,
                                            Instant now);
// Places that count against the quota, but for those that `but_for` holds.
std::int64_t places_held(ledger::ReadTx& tx, EventId event, Instant now,
                         std::optional<LineageId> but_for = {});
// What of an event nobody else can get: counted uses, and what is held.
std::int64_t places_taken(ledger::ReadTx& tx, Event const& event, Instant now);
std::vector<Reservation> open_reservations_of(ledger::ReadTx& tx, EventId event, Instant now);

// Open ones in the order of their ids: of a venue, or those that an actor made.
std::vector<Reservation> list_reservations(ledger::ReadTx& tx, VenueId venue, Instant now,
                                           Page page);
std::vector<Reservation> list_reservations(ledger::ReadTx& tx, domain::Actor const& actor,
                                           Instant now, Page page);
// Open ones of a venue by the start of their event, then by their end; those after one.
std::vector<Reservation> reservations_by_event(ledger::ReadTx& tx, VenueId venue, Instant now,
                                               std::optional<ReservationId> after, int limit);
std::int64_t count_open_reservations(ledger::ReadTx& tx, VenueId venue, Instant now);

}  // namespace kaiku::tables
