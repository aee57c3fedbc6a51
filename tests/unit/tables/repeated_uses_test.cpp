#include "server/tables/repeated_uses.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/card_office.hpp"

namespace kaiku::tables {
namespace {

struct RepeatedUses : ::testing::Test, test::CardOffice {
  std::int64_t use(Issued const& of, int adults = 1, bool on_paper = false) {
    return write([&](ledger::WriteTx& tx) {
      ledger::UseRedeemed entry;
      entry.venue = venue;
      entry.occurred_at = tx.now();
      entry.tickets = {adults, 0, 0, 0, 0};
      entry.card = of.ref;
      entry.lineage = of.lineage_ref;
      entry.idempotency_key = to_hex(tx.random().bytes<8>());
      if (on_paper) entry.on_paper = true;
      return ledger::append(tx, actor, entry).sequence;
    });
  }
  // So many seconds apart, each of so many adults.
  void uses(Issued const& of, int count, std::int64_t seconds, int adults = 1) {
    for (int n = 0; n < count; ++n) {
      if (n > 0) database.clock.advance(seconds * 1'000'000);
      use(of, adults);
    }
  }
  std::vector<std::int64_t> tickets(RepeatedQuestion question = {}) {
    return write([&](ledger::WriteTx& tx) {
      auto const today = helsinki_day(tx.now());
      if (question.limit == 0) question.limit = 10;
      question.to = today + question.to.value;
      question.from = today + -1 + question.from.value;
      std::vector<std::int64_t> found;
      for (auto const& row : repeated_uses(tx, question)) {
        EXPECT_EQ(row.venue, venue);
        EXPECT_EQ(row.day, today);
        found.push_back(row.tickets);
      }
      return found;
    });
  }
};

using Found = std::vector<std::int64_t>;

TEST_F(RepeatedUses, are_four_of_one_card_within_ten_minutes) {
  auto const card = issue();
  uses(card, 3, 60);
  uses(issue(), 3, 60);
  EXPECT_EQ(tickets(), Found{}) << "three of each of two cards";
  use(card, 2);
  EXPECT_EQ(tickets(), Found{5});
  EXPECT_EQ(tickets({.area = AreaId{"KEHA"}}), Found{5});
  EXPECT_EQ(tickets({.area = AreaId{"ALFA"}}), Found{});
  EXPECT_EQ(tickets({.venue = venue}), Found{5});
  EXPECT_EQ(tickets({.venue = VenueId{venue.value + 1}}), Found{});
  EXPECT_EQ(tickets({.from = Day{2}, .to = Day{2}}), Found{}) << "of another day";
}

TEST_F(RepeatedUses, lie_no_further_apart_than_that_however_many_they_are) {
  uses(issue(), 8, 201);
  EXPECT_EQ(tickets(), Found{}) << "the fourth came three seconds late";
  auto const card = issue();
  uses(card, 5, 200);
  EXPECT_EQ(tickets(), Found{5});
  database.clock.advance(30 * minute_us);
  use(card);
  EXPECT_EQ(tickets(), Found{5}) << "one more, later, is no part of it";
}

TEST_F(RepeatedUses, are_neither_undone_nor_keyed_in_from_paper) {
  auto const card = issue();
  uses(card, 3, 1);
  record(ledger::UseUndone{RedemptionId{use(card)}, "mistake"});
  EXPECT_EQ(tickets(), Found{});
  for (int n = 0; n < 4; ++n) use(card, 1, true);
  EXPECT_EQ(tickets(), Found{});
  use(card);
  EXPECT_EQ(tickets(), Found{4});
}

TEST_F(RepeatedUses, are_told_the_newest_first_and_no_more_than_asked_for) {
  for (int n = 1; n <= 3; ++n) uses(issue(), 4, 1, n);
  EXPECT_EQ(tickets(), (Found{12, 8, 4}));
  EXPECT_EQ(tickets({.limit = 2}), (Found{12, 8}));
}

TEST_F(RepeatedUses, are_found_by_venue_and_day) {
  sql::Connection reader(database.file.string(), sql::OpenMode::read_only);
  auto rows = reader.prepare(std::string("EXPLAIN QUERY PLAN ") + repeated_uses_sql);
  std::string plan;
  while (rows.step()) plan += std::string(rows.text(3)) + "\n";
  EXPECT_NE(plan.find("SEARCH redemption USING INDEX redemption_by_venue (venue_id=? AND day>?"),
            std::string::npos)
      << plan;
  EXPECT_EQ(plan.find("SCAN redemption"), std::string::npos) << plan;
}

}  // namespace
}  // namespace kaiku::tables
