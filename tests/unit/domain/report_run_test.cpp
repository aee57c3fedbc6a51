#include "server/domain/report_run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace kaiku::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Day day(int year, unsigned month, unsigned number) { return day_from(year, month, number).value(); }

// As the names of `texts`.
std::vector<RunName> runs(std::vector<std::string_view> const& texts) {
  std::vector<RunName> names;
  for (auto const text : texts) names.push_back(run_name_from(text).value());
  return names;
}
std::vector<std::string> due(std::vector<std::string_view> const& published, int first_year,
                             Day today) {
  std::vector<std::string> texts;
  for (auto const& name : due_runs(runs(published), first_year, today)) {
    texts.push_back(text_of(name));
  }
  return texts;
}

TEST(RunName, is_read_as_it_is_written) {
  for (int year : {1000, 2019, 2026, 9999}) {
    for (int quarter = 1; quarter <= 3; ++quarter) {
      RunName const name{.year = year, .quarter = quarter};
      EXPECT_EQ(run_name_from(text_of(name)), name);
      EXPECT_TRUE(name.is_quarter());
      EXPECT_FALSE(name.is_settlement());
    }
    for (int edition : {1, 2, 10, 137}) {
      RunName const name{.year = year, .edition = edition};
      EXPECT_EQ(run_name_from(text_of(name)), name);
      EXPECT_EQ(name.is_settlement(), edition == 1);
      EXPECT_EQ(name.is_edition(), edition > 1);
    }
  }
  EXPECT_EQ(text_of({.year = 2026, .quarter = 1}), "2026-Q1");
  EXPECT_EQ(text_of({.year = 2026}), "2026");
  EXPECT_EQ(text_of({.year = 2026, .edition = 3}), "2026.3");
}

TEST(RunName, settles_next_the_year_that_is_over_or_else_this_one) {
  EXPECT_EQ(next_settlement(day(2026, 1, 15)), day(2026, 3, 2));
  EXPECT_EQ(next_settlement(day(2026, 3, 2)), day(2027, 3, 2));
  EXPECT_EQ(next_settlement(day(2026, 11, 29)), day(2027, 3, 2));
}

TEST(RunName, is_nothing_that_nobody_writes) {
  for (char const* text : {"",
                           "Q1",
                           "26",
                           "02026",
                           "-2026",
                           "+2026",
                           " 2026",
                           "2026 ",
                           "20266",
                           "99999999999",
                           "2026-Q0",
                           "2026-Q4",
                           "2026-Q11",
                           "2026-Q01",
                           "2026-Q",
                           "2026-q1",
                           "2026-1",
                           "2026Q1",
                           "2026-Q1.2",
                           "2026.0",
                           "2026.1",
                           "2026.02",
                           "2026.",
                           "2026.-2",
                           "2026.2-Q1",
                           "2026.2 ",
                           "2026.99999999999",
                           "2026-03-02",
                           "48211"}) {
    EXPECT_FALSE(run_name_from(text)) << text;
  }
}

TEST(RunName, is_about_the_days_of_its_quarter_or_year) {
  auto const of = [](char const* text) { return days_of(run_name_from(text).value()); };
  EXPECT_EQ(of("2026-Q1"), (DaySpan{day(2026, 1, 1), day(2026, 3, 31)}));
  EXPECT_EQ(of("2026-Q2"), (DaySpan{day(2026, 4, 1), day(2026, 6, 30)}));
  EXPECT_EQ(of("2026-Q3"), (DaySpan{day(2026, 7, 1), day(2026, 9, 30)}));
  EXPECT_EQ(of("2028"), (DaySpan{day(2028, 1, 1), day(2028, 12, 31)}));
  EXPECT_EQ(of("2028.2"), of("2028"));
}

TEST(RunName, may_be_drawn_on_the_eleventh_after_its_quarter_and_in_march_after_its_year) {
  auto const of = [](char const* text) {
    return first_day_of_drawing(run_name_from(text).value());
  };
  for (int year : {2026, 2027, 2028, 9998}) {
    auto const text = std::to_string(year);
    EXPECT_EQ(of((text + "-Q1").c_str()), day(year, 4, 11));
    EXPECT_EQ(of((text + "-Q2").c_str()), day(year, 7, 11));
    EXPECT_EQ(of((text + "-Q3").c_str()), day(year, 10, 11));
    EXPECT_EQ(of(text.c_str()), day(year + 1, 3, 2));
    EXPECT_EQ(of((text + ".2").c_str()), day(year + 1, 3, 2)) << "by hand, any time from then on";
  }
}

TEST(DueRuns, come_on_their_days) {
  EXPECT_THAT(due({}, 2026, day(2026, 4, 10)), IsEmpty());
  EXPECT_THAT(due({}, 2026, day(2026, 4, 11)), ElementsAre("2026-Q1"));
  EXPECT_THAT(due({"2026-Q1"}, 2026, day(2026, 7, 10)), IsEmpty());
  EXPECT_THAT(due({"2026-Q1"}, 2026, day(2026, 7, 11)), ElementsAre("2026-Q2"));
  EXPECT_THAT(due({"2026-Q1", "2026-Q2"}, 2026, day(2026, 12, 31)), ElementsAre("2026-Q3"));
  std::vector<std::string_view> const quarters{"2026-Q1", "2026-Q2", "2026-Q3"};
  EXPECT_THAT(due(quarters, 2026, day(2027, 3, 1)), IsEmpty());
  EXPECT_THAT(due(quarters, 2026, day(2027, 3, 2)), ElementsAre("2026"));
}

TEST(DueRuns, of_a_year_that_goes_on_include_its_missed_quarters) {
  EXPECT_THAT(due({}, 2026, day(2026, 11, 1)), ElementsAre("2026-Q1", "2026-Q2", "2026-Q3"));
  EXPECT_THAT(due({"2026-Q2"}, 2026, day(2026, 11, 1)), ElementsAre("2026-Q1", "2026-Q3"));
}

TEST(DueRuns, of_a_year_that_is_over_close_its_missed_quarters_before_they_settle_it) {
  EXPECT_THAT(due({"2026-Q1"}, 2026, day(2027, 2, 1)), ElementsAre("2026-Q2", "2026-Q3"));
  EXPECT_THAT(due({"2026-Q1"}, 2026, day(2027, 3, 2)), ElementsAre("2026-Q2", "2026-Q3", "2026"));
}

TEST(DueRuns, settle_a_year_that_is_over_and_was_never_published_in_one) {
  EXPECT_THAT(due({}, 2026, day(2027, 1, 1)), IsEmpty()) << "not before its settlement's day";
  EXPECT_THAT(due({}, 2026, day(2027, 3, 2)), ElementsAre("2026"));
  EXPECT_THAT(due({}, 2023, day(2026, 8, 1)),
              ElementsAre("2023", "2024", "2025", "2026-Q1", "2026-Q2"));
  EXPECT_THAT(due({"2024"}, 2023, day(2026, 1, 15)), ElementsAre("2023"))
      << "history that was imported later";
}

TEST(DueRuns, ask_nothing_more_of_a_settled_year_and_no_edition) {
  EXPECT_THAT(due({"2025"}, 2025, day(2026, 4, 10)), IsEmpty());
  EXPECT_THAT(due({"2025", "2025.2"}, 2025, day(2030, 1, 1)), ElementsAre("2026", "2027", "2028"));
}

TEST(DueRuns, are_none_before_anything_was_recorded) {
  EXPECT_THAT(due({}, 2027, day(2026, 12, 31)), IsEmpty());
  EXPECT_THAT(due({}, 2027, day(2027, 4, 10)), IsEmpty());
}

// A server that is up on some days alone, over years: it publishes each day what is due.
TEST(DueRuns, settle_every_year_once_whenever_the_server_was_down) {
  for (unsigned seed = 1; seed <= 50; ++seed) {
    std::mt19937 random(seed);
    std::vector<RunName> published;
    Day const end = day(2032, 3, 2);
    for (Day today = day(2025, 12, 1); today < end; today = today + 1) {
      if (random() % 90 == 0) today = today + static_cast<int>(random() % 500);
      for (auto const& name : due_runs(published, 2025, std::min(today, end))) {
        EXPECT_LE(first_day_of_drawing(name), today);
        EXPECT_FALSE(name.is_edition());
        for (auto const& before : published) {
          EXPECT_NE(before, name);
          EXPECT_FALSE(before.year == name.year && before.is_settlement()) << text_of(name);
          EXPECT_LE(before.year, name.year) << text_of(name);
        }
        published.push_back(name);
      }
    }
    for (auto const& name : due_runs(published, 2025, end)) published.push_back(name);
    for (int year = 2025; year <= 2030; ++year) {
      EXPECT_EQ(std::ranges::count(published, RunName{.year = year}), 1) << seed << ": " << year;
    }
    EXPECT_THAT(due_runs(published, 2025, end), IsEmpty());
  }
}

}  // namespace
}  // namespace kaiku::domain
