#include "server/tables/ledger_places.hpp"

#include <gtest/gtest.h>

#include "tests/support/card_office.hpp"

namespace kaiku::tables {
namespace {

struct LedgerPlaces : ::testing::Test, test::CardOffice {
  std::int64_t at(Instant instant) {
    return write([&](ledger::WriteTx& tx) { return sequence_at(tx, instant); });
  }
  Instant now() { return database.clock.now(); }
};

TEST_F(LedgerPlaces, are_found_by_time) {
  auto const begun = now();
  EXPECT_EQ(at(begun + -1), 0);
  auto const first = at(begun);
  std::vector<std::pair<Instant, std::int64_t>> recorded;
  for (int n = 0; n < 40; ++n) {
    database.clock.advance(minute_us);
    auto const sequence = record(test::a_venue("Halli " + std::to_string(n)));
    recorded.emplace_back(now(), sequence);
  }
  EXPECT_EQ(recorded.front().second, first + 1);
  for (auto const& [time, sequence] : recorded) {
    EXPECT_EQ(at(time), sequence);
    EXPECT_EQ(at(time + -1), sequence - 1);
  }
  EXPECT_EQ(at(now() + day_us), recorded.back().second);
}

}  // namespace
}  // namespace kaiku::tables
