// What a venue hands on of its own figures tells no count of 1–4.
#include "server/reports/own_file.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace kaiku::reports {
namespace {

using ::testing::Each;

constexpr Figure small{Figure::Is::small, 0};
constexpr Figure complementary{Figure::Is::complementary, 0};

TEST(OwnFile, withholds_a_small_month_and_one_more) {
  auto const year = own_year_for_others({3, 20, 30, 40});
  EXPECT_EQ(year.year, shown(93));
  EXPECT_EQ(year.months[0], small);
  EXPECT_EQ(std::ranges::count(year.months, complementary), 1);
  EXPECT_EQ(std::ranges::count(year.months, shown(0)), 8) << "nothing in a month is no secret";
}

TEST(OwnFile, shows_a_year_in_which_no_month_is_small) {
  auto const year = own_year_for_others({5, 0, 30});
  EXPECT_EQ(year.months[0], shown(5));
  EXPECT_EQ(year.months[2], shown(30));
  EXPECT_EQ(year.year, shown(35));
}

TEST(OwnFile, tells_no_month_of_a_small_year) {
  auto const year = own_year_for_others({0, 3});
  EXPECT_EQ(year.year, small);
  EXPECT_EQ(std::ranges::count_if(year.months,
                                  [](Figure const& month) { return month.value().has_value(); }),
            0);
}

TEST(OwnFile, tells_the_only_sector_as_the_whole) {
  auto culture = shown(12);
  auto sport = shown(0);
  withhold_sectors({&culture, &sport}, {Figure::Is::at_least, 9}, false);
  EXPECT_EQ(culture, (Figure{Figure::Is::at_least, 9}));
  EXPECT_EQ(sport, shown(0));
}

TEST(OwnFile, tells_several_sectors_of_a_year_alone_and_only_when_none_is_small) {
  auto const told = [](std::int64_t of_sport, bool is_year) {
    std::vector sectors{shown(17), shown(of_sport)};
    withhold_sectors({&sectors[0], &sectors[1]}, shown(17 + of_sport), is_year);
    return sectors;
  };
  EXPECT_EQ(told(5, true), (std::vector{shown(17), shown(5)}));
  EXPECT_THAT(told(3, true), Each(complementary));
  EXPECT_THAT(told(5, false), Each(complementary));
}

}  // namespace
}  // namespace kaiku::reports
