#include "schema/contract/limit_periods.hpp"

#include <gtest/gtest.h>

#include <array>

namespace kaiku::contract {
namespace {

// Entries and snapshots hold the number, requests and answers the word.
TEST(LimitPeriods, keep_their_numbers_and_words) {
  std::array const words{"event", "day", "month", "validity"};
  ASSERT_GE(limit_period_count, std::ssize(words));
  for (std::size_t at = 0; at < words.size(); ++at) {
    EXPECT_EQ(word_of(static_cast<LimitPeriod>(at)), words.at(at));
    EXPECT_EQ(limit_period_from(words.at(at)), static_cast<LimitPeriod>(at));
  }
}

TEST(LimitPeriods, that_are_unknown_read_as_nothing) {
  for (auto const* word : {"", "Event", "week", "event "}) {
    EXPECT_EQ(limit_period_from(word), std::nullopt) << word;
  }
}

}  // namespace
}  // namespace kaiku::contract
