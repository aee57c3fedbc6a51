// What the ledger says of places that are held. How an entry is written: entries.hpp.
#pragma once

#include <optional>
#include <string>

#include "schema/contract/admission.hpp"
#include "schema/values/ids.hpp"
#include "schema/values/time.hpp"
#include "server/ledger/ref.hpp"

namespace kaiku::ledger {

// Places of an event are held for a card until a time, which ends it without an entry.
struct ReservationMade {
  static constexpr int kind = 38;
  VenueId venue;
  EventId event;
  contract::Tickets tickets;
  Instant until;
  Ref card{};  // private from here on
  Ref lineage{};
  std::optional<std::string> order_ref{};  // by which a shop knows it
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.venue);
    f(2, s.event);
    f(3, s.tickets);
    f(4, s.until);
  }
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.card);
    f(2, s.lineage);
    f(3, s.order_ref);
  }
};

// How it ended before its time: its card got a ticket, or somebody took it away.
enum class ReservationEnd { given, removed };

struct ReservationEnded {
  static constexpr int kind = 39;
  ReservationId reservation;
  ReservationEnd how = ReservationEnd::given;
  std::optional<RedemptionId> redemption;  // that it was given for
  // What that left of it is held on, as a reservation of its own with this entry's sequence.
  std::optional<contract::Tickets> rest{};
  std::optional<Instant> rest_until{};
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.reservation);
    f(2, s.how);
    f(3, s.redemption);
    f(4, s.rest);
    f(5, s.rest_until);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

}  // namespace kaiku::ledger
