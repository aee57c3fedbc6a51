#include "schema/contract/limit_days.hpp"

#include <gtest/gtest.h>

#include "schema/contract/attempt_key.hpp"

namespace kaiku::contract {
namespace {

TEST(LimitDays, are_those_of_the_period) {
  auto const day = *day_from(2028, 2, 29);
  auto const from = *day_from(2027, 11, 22);
  EXPECT_EQ(days_of_limit(LimitPeriod::day, day, from), (DaySpan{day, day}));
  EXPECT_EQ(days_of_limit(LimitPeriod::month, day, from),
            (DaySpan{*day_from(2028, 2, 1), *day_from(2028, 2, 29)}));
  EXPECT_EQ(days_of_limit(LimitPeriod::validity, day, from).first, from);
  EXPECT_EQ(days_of_limit(LimitPeriod::event, day, from).first, Day{0});
  for (auto const period : {LimitPeriod::event, LimitPeriod::validity}) {
    EXPECT_GT(days_of_limit(period, day, from).last, *day_from(2100, 1, 1));
  }
  EXPECT_EQ(days_of_limit(LimitPeriod::month, *day_from(2026, 12, 31), from).last,
            *day_from(2026, 12, 31));
}

TEST(AttemptKey, names_device_and_attempt) { EXPECT_EQ(attempt_key(DeviceId{7}, 12), "d:7:12"); }

}  // namespace
}  // namespace kaiku::contract
