#include "server/tables/event_results.hpp"

#include <gmock/gmock.h>

#include "tests/support/card_office.hpp"

namespace kaiku::tables {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct EventResultsTest : ::testing::Test, test::CardOffice {
  Instant now() { return database.clock.now(); }
  // An hour long, beginning in so many hours.
  EventId event(std::int64_t hours, std::optional<std::int64_t> quota = 10) {
    ledger::EventSet entry;
    entry.venue = venue;
    entry.title.fi = "Konsertti";
    entry.starts_at = now() + hours * hour_us;
    entry.ends_at = entry.starts_at + hour_us;
    entry.quota = quota;
    shown = entry;
    shown.event = EventId{record(entry)};
    return shown.event;
  }
  RedemptionId use(EventId of, contract::Tickets tickets = {.adult = 1}) {
    ledger::UseRedeemed entry;
    entry.venue = venue;
    entry.event = of;
    entry.occurred_at = now();
    entry.tickets = tickets;
    entry.card = card.ref;
    entry.lineage = card.lineage_ref;
    entry.idempotency_key = "use:" + std::to_string(++uses);
    return RedemptionId{record(entry)};
  }
  ReservationId hold(EventId of, contract::Tickets tickets) {
    return ReservationId{record(
        ledger::ReservationMade{venue, of, tickets, now() + hour_us, card.ref, card.lineage_ref})};
  }
  std::vector<EventId> without_takers(EventResults question = {}) {
    return write([&](ledger::WriteTx& tx) {
      if (!question.ended_before) question.ended_before = tx.now();
      std::vector<EventId> ids;
      for (auto const& found : events_without_takers(tx, question)) ids.push_back(found.id);
      return ids;
    });
  }
  std::pair<std::int64_t, std::int64_t> reserved(EventId of) {
    return write([&](ledger::WriteTx& tx) {
      auto const places = reserved_places(tx, of, tx.now());
      return std::pair(places.reserved, places.returned);
    });
  }

  Issued card = issue();
  ledger::EventSet shown;
  int uses = 0;
};

using Places = std::pair<std::int64_t, std::int64_t>;

TEST_F(EventResultsTest, events_without_takers_are_over_and_have_no_use_that_counts) {
  auto const first = event(1);
  auto const second = event(2, std::nullopt);
  auto const used = event(3);
  auto const undone = event(4);
  event(400);
  use(used);
  record(ledger::UseUndone{use(undone), "mistake"});
  EXPECT_THAT(without_takers(), IsEmpty()) << "none is over yet";
  database.clock.advance(day_us);
  EXPECT_THAT(without_takers(), ElementsAre(undone, second, first)) << "the newest first";
  EXPECT_THAT(without_takers({.after = undone, .limit = 1}), ElementsAre(second));
  EXPECT_THAT(without_takers({.area = AreaId{"ALFA"}}), IsEmpty());
  EXPECT_THAT(without_takers({.venue = VenueId{venue.value + 1}}), IsEmpty());
  write([&](ledger::WriteTx& tx) {
    EXPECT_EQ(count_events_without_takers(tx, {.ended_before = tx.now(), .limit = 1}), 3);
    return true;
  });
}

TEST_F(EventResultsTest, events_without_takers_are_none_that_gave_no_places) {
  event(1);
  shown.cancelled = true;
  record(shown);
  event(1);
  shown.sold_out = true;
  record(shown);
  event(1, 0);
  database.clock.advance(day_us);
  EXPECT_THAT(without_takers(), IsEmpty());
}

TEST_F(EventResultsTest, events_with_a_quota_are_those_to_come_as_well) {
  auto const one = event(1);
  event(2, std::nullopt);
  event(3, 0);
  auto const later = event(400);
  write([&](ledger::WriteTx& tx) {
    auto const found = events_with_quota(tx, {});
    EXPECT_EQ(found.size(), 2U);
    EXPECT_EQ(found.front().id, later);
    EXPECT_EQ(found.back().id, one);
    EXPECT_TRUE(events_with_quota(tx, {.ended_before = tx.now()}).empty());
    return true;
  });
}

TEST_F(EventResultsTest, reserved_places_return_when_they_are_taken_back_or_not_fetched) {
  auto const concert = event(2);
  auto const held = hold(concert, {.adult = 1, .child = 2, .assistant = 1});
  EXPECT_EQ(reserved(concert), Places(3, 0)) << "an assistant takes no place of the quota";
  record(ledger::ReservationEnded{held, ledger::ReservationEnd::removed, std::nullopt});
  EXPECT_EQ(reserved(concert), Places(3, 3));
  hold(concert, {.adult = 1});
  EXPECT_EQ(reserved(concert), Places(4, 3));
  database.clock.advance(2 * hour_us);
  EXPECT_EQ(reserved(concert), Places(4, 4));
}

TEST_F(EventResultsTest, reserved_places_that_were_not_given_with_the_others_return) {
  auto const concert = event(2);
  auto const held = hold(concert, {.adult = 1, .child = 2});
  auto const given = use(concert, {.adult = 1, .child = 1});
  record(ledger::ReservationEnded{held, ledger::ReservationEnd::given, given});
  EXPECT_EQ(reserved(concert), Places(3, 1));
  record(ledger::UseUndone{given, "mistake"});
  EXPECT_EQ(reserved(concert), Places(3, 0)) << "they are held again";
}

TEST_F(EventResultsTest, reserved_places_that_are_held_on_are_counted_once) {
  auto const concert = event(2);
  auto const held = hold(concert, {.adult = 1, .child = 2});
  auto const given = use(concert);
  record(ledger::ReservationEnded{held, ledger::ReservationEnd::given, given,
                                  contract::Tickets{.child = 2}, now() + hour_us});
  EXPECT_EQ(reserved(concert), Places(3, 0));
  database.clock.advance(10 * minute_us);
  record(ledger::UseUndone{given, "mistake"});
  EXPECT_EQ(reserved(concert), Places(3, 0)) << "the whole holds again, without its rest beside";
  database.clock.advance(3 * hour_us);
  EXPECT_EQ(reserved(concert), Places(3, 3));
}

}  // namespace
}  // namespace kaiku::tables
