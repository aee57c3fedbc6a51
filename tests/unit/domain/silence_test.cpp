#include "server/domain/silence.hpp"

#include <gtest/gtest.h>

namespace kaiku::domain {
namespace {

Day day(int year, unsigned month, unsigned of_month) {
  return day_from(year, month, of_month).value();
}

TEST(LastSunday, is_over_and_stands_still_from_monday_to_sunday) {
  auto const sunday = day(2026, 11, 22);
  for (int n = 1; n <= 7; ++n) EXPECT_EQ(last_sunday(sunday + n), sunday) << n;
  EXPECT_EQ(last_sunday(sunday), sunday + -7) << "a Sunday is not over before midnight";
  EXPECT_EQ(last_sunday(sunday + 8), sunday + 7);
  EXPECT_EQ(last_sunday(Day{-1}), Day{-4}) << "before 1970 too";
}

TEST(Silence, lasts_for_a_step_once_so_many_weeks_have_passed) {
  auto const until = day(2026, 11, 22);
  for (auto const step : silence_steps) {
    if (step == SilenceStep::ever) continue;
    auto const days = 7 * weeks_of(step);
    EXPECT_TRUE(lasts({until + -days, true}, step, until)) << word_of(step);
    EXPECT_FALSE(lasts({until + -days + 1, true}, step, until)) << word_of(step);
  }
}

TEST(Silence, lasts_for_ever_where_there_never_was_a_use) {
  auto const until = day(2026, 11, 22);
  EXPECT_TRUE(lasts({until, false}, SilenceStep::ever, until));
  EXPECT_FALSE(lasts({day(2019, 1, 1), true}, SilenceStep::ever, until));
  EXPECT_FALSE(lasts({until + -20, false}, SilenceStep::weeks_4, until)) << "a young venue";
}

TEST(SilenceStep, is_named_by_its_weeks) {
  for (auto const step : silence_steps) EXPECT_EQ(silence_step_from(word_of(step)), step);
  EXPECT_EQ(word_of(SilenceStep::weeks_26), "26");
  EXPECT_EQ(silence_step_from("5"), std::nullopt);
  EXPECT_EQ(silence_step_from(""), std::nullopt);
}

}  // namespace
}  // namespace kaiku::domain
