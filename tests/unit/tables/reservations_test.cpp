#include "server/tables/reservations.hpp"

#include <gtest/gtest.h>

#include "tests/support/card_office.hpp"

namespace kaiku::tables {
namespace {

// A concert of the venue, two hours from now on, and a place that is held for a card until then.
struct HeldPlace : ::testing::Test, test::CardOffice {
  HeldPlace() {
    concert.venue = venue;
    concert.title.fi = "Konsertti";
    concert.starts_at = now() + 2 * hour_us;
    concert.ends_at = concert.starts_at + hour_us;
    concert.event = EventId{record(concert)};
    held = ReservationId{record(ledger::ReservationMade{
        venue, concert.event, one_adult, concert.starts_at, card.ref, card.lineage_ref})};
  }
  Instant now() { return database.clock.now(); }
  RedemptionId come() {
    ledger::UseRedeemed entry;
    entry.venue = venue;
    entry.event = concert.event;
    entry.occurred_at = now();
    entry.tickets = one_adult;
    entry.card = card.ref;
    entry.lineage = card.lineage_ref;
    entry.idempotency_key = "use:1:1";
    RedemptionId const use{record(entry)};
    record(ledger::ReservationEnded{held, ledger::ReservationEnd::given, use});
    return use;
  }
  void move(std::int64_t starts_us, std::int64_t lasts_us) {
    concert.starts_at = now() + starts_us;
    concert.ends_at = concert.starts_at + lasts_us;
    record(concert);
  }
  Reservation reservation() {
    return write([&](ledger::WriteTx& tx) { return find_reservation(tx, held).value(); });
  }
  bool holds_after_undoing(RedemptionId use) {
    record(ledger::UseUndone{use, "mistake"});
    return reservation().is_open(now());
  }

  static constexpr contract::Tickets one_adult{.adult = 1};
  Issued card = issue();
  ledger::EventSet concert;
  ReservationId held;
};

TEST_F(HeldPlace, holds_again_once_its_ticket_is_undone) {
  auto const use = come();
  EXPECT_FALSE(reservation().is_open(now()));
  EXPECT_TRUE(holds_after_undoing(use));
}

TEST_F(HeldPlace, of_an_event_that_was_cancelled_does_not_come_back_with_an_undone_ticket) {
  auto const use = come();
  concert.cancelled = true;
  record(concert);
  EXPECT_FALSE(holds_after_undoing(use));
}

TEST_F(HeldPlace, of_a_venue_that_was_closed_does_not_come_back_with_an_undone_ticket) {
  auto const use = come();
  auto closed = test::a_venue();
  closed.venue = venue;
  closed.active = false;
  record(closed);
  EXPECT_FALSE(holds_after_undoing(use));
}

TEST_F(HeldPlace, moves_with_its_event_while_its_ticket_may_still_be_undone) {
  auto const use = come();
  move(5 * hour_us, hour_us);
  EXPECT_EQ(reservation().until, concert.starts_at);
  EXPECT_TRUE(holds_after_undoing(use));
}

TEST_F(HeldPlace, that_was_let_go_does_not_move) {
  auto const until = reservation().until;
  record(ledger::ReservationEnded{held, ledger::ReservationEnd::removed, std::nullopt});
  move(5 * hour_us, hour_us);
  EXPECT_EQ(reservation().until, until);
}

TEST_F(HeldPlace, ends_with_the_doors_of_an_event_that_was_moved_and_made_shorter) {
  concert.ends_at = concert.starts_at + 9 * hour_us;
  record(concert);
  held = ReservationId{record(ledger::ReservationMade{
      venue, concert.event, one_adult, concert.ends_at, card.ref, card.lineage_ref})};
  move(3 * hour_us, hour_us);
  EXPECT_EQ(reservation().until, concert.ends_at + 2 * hour_us);
}

}  // namespace
}  // namespace kaiku::tables
