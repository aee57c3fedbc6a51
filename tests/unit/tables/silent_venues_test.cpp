#include "server/tables/silent_venues.hpp"

#include <gtest/gtest.h>

#include "tests/support/card_office.hpp"

namespace kaiku::tables {
namespace {

using domain::SilenceStep;

// The venue begins on Sunday 22.11.2026.
struct SilentVenues : ::testing::Test, test::CardOffice {
  Day today() { return helsinki_day(database.clock.now()); }
  RedemptionId use(std::optional<std::string> verdict = std::nullopt) {
    ledger::UseRedeemed entry;
    entry.venue = venue;
    entry.occurred_at = database.clock.now();
    entry.tickets.adult = 1;
    entry.card = card.ref;
    entry.lineage = card.lineage_ref;
    entry.idempotency_key = "use:" + std::to_string(++uses);
    entry.verdict = std::move(verdict);
    return RedemptionId{record(entry)};
  }
  bool is_silent(SilenceStep step, Day until) {
    return write([&](ledger::WriteTx& tx) {
      EXPECT_EQ(count_silent_venues(tx, AreaId{"ALFA"}, step, until), 0) << "of another area";
      return count_silent_venues(tx, AreaId{"KEHA"}, step, until) == 1;
    });
  }
  DoorState door() {
    return write([&](ledger::WriteTx& tx) { return door_state_of(tx, venue, tx.now()); });
  }

  Issued card = issue();
  int uses = 0;
};

TEST_F(SilentVenues, are_not_those_that_are_younger_than_the_step) {
  auto const began = today();
  database.clock.advance(100 * day_us);
  EXPECT_FALSE(is_silent(SilenceStep::weeks_4, began + 27));
  EXPECT_TRUE(is_silent(SilenceStep::weeks_4, began + 28));
  EXPECT_FALSE(is_silent(SilenceStep::weeks_8, began + 28));
  EXPECT_TRUE(is_silent(SilenceStep::ever, began));
  EXPECT_FALSE(is_silent(SilenceStep::ever, began + -1)) << "there was no such venue";
}

TEST_F(SilentVenues, were_used_before_and_not_since) {
  auto const day = today();
  use();
  database.clock.advance(60 * day_us);
  EXPECT_FALSE(is_silent(SilenceStep::ever, day + 28));
  EXPECT_FALSE(is_silent(SilenceStep::weeks_4, day + 27));
  EXPECT_TRUE(is_silent(SilenceStep::weeks_4, day + 28));
}

TEST_F(SilentVenues, are_told_by_what_was_recorded_at_the_end_of_the_day) {
  auto const day = today();
  database.clock.advance(30 * day_us);
  auto const given = use();
  EXPECT_TRUE(is_silent(SilenceStep::weeks_4, day + 29)) << "the use is of the day after";
  EXPECT_FALSE(is_silent(SilenceStep::weeks_4, day + 30));
  database.clock.advance(2 * day_us);
  record(ledger::UseUndone{given, "mistake"});
  EXPECT_FALSE(is_silent(SilenceStep::weeks_4, day + 30)) << "it was undone later";
  EXPECT_TRUE(is_silent(SilenceStep::weeks_4, day + 32));
}

TEST_F(SilentVenues, are_no_longer_silent_once_a_waiting_use_is_accepted) {
  auto const day = today();
  auto const waiting = use("implausible");
  EXPECT_TRUE(is_silent(SilenceStep::ever, day));
  database.clock.advance(day_us);
  record(ledger::UseRuled{waiting, true, "paper_seen"});
  EXPECT_TRUE(is_silent(SilenceStep::ever, day)) << "nobody had ruled on it by then";
  EXPECT_FALSE(is_silent(SilenceStep::ever, day + 1));
}

TEST_F(SilentVenues, leave_the_list_when_they_close) {
  auto const day = today();
  auto closed = test::a_venue();
  closed.venue = venue;
  closed.active = false;
  record(closed);
  EXPECT_FALSE(is_silent(SilenceStep::ever, day));
}

TEST_F(SilentVenues, have_no_door_before_a_device_is_in_use) { EXPECT_EQ(door(), DoorState::none); }

}  // namespace
}  // namespace kaiku::tables
