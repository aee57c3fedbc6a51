#include "server/reports/figure.hpp"

#include <gtest/gtest.h>

namespace kaiku::reports {
namespace {

using Is = Figure::Is;

constexpr Figure below_five{Is::small, 0};
constexpr Figure withheld{Is::complementary, 0};
constexpr Figure nothing{};

TEST(Figure, says_what_was_decided_and_no_count_of_what_is_withheld) {
  EXPECT_EQ(figure_of({domain::Sign::shown, false}, 7), shown(7));
  EXPECT_EQ(figure_of({domain::Sign::small, false}, 3), below_five);
  EXPECT_EQ(figure_of({domain::Sign::complementary, false}, 61), withheld);
  EXPECT_EQ(figure_of({domain::Sign::complementary, true}, 2), withheld);
  EXPECT_EQ(shown(7).value(), 7);
  EXPECT_EQ(withheld.value(), std::nullopt);
}

TEST(Figure, sum_of_shown_ones_is_exact) {
  EXPECT_EQ(shown(7) + shown(0), shown(7));
  EXPECT_EQ(nothing + nothing, nothing);
}

// Never `<5`, nor `…`: neither is true of a sum.
TEST(Figure, sum_with_a_withheld_part_is_at_least_the_others) {
  auto const at_least = [](std::int64_t count) { return Figure{Is::at_least, count}; };
  for (auto const& part : {below_five, withheld, nothing}) {
    EXPECT_EQ(shown(7) + part, at_least(7));
    EXPECT_EQ(part + shown(7), at_least(7));
    EXPECT_EQ(shown(7) + part + shown(5), at_least(12));
  }
  EXPECT_EQ(below_five + withheld, at_least(0));
  EXPECT_EQ(at_least(4) + nothing, at_least(4));
  EXPECT_EQ(at_least(4).value(), std::nullopt);
}

TEST(Figure, rate_is_rounded_half_up_to_four_decimals) {
  EXPECT_DOUBLE_EQ(rate_of(shown(1360), shown(5086)).value(), 0.2674);
  EXPECT_DOUBLE_EQ(rate_of(shown(1), shown(20'000)).value(), 0.0001);
  EXPECT_DOUBLE_EQ(rate_of(shown(0), shown(9)).value(), 0);
  EXPECT_DOUBLE_EQ(rate_of(shown(9), shown(9)).value(), 1);
}

TEST(Figure, rate_needs_both_and_somebody_registered) {
  EXPECT_EQ(rate_of(shown(0), shown(0)), std::nullopt);
  EXPECT_EQ(rate_of(below_five, shown(50)), std::nullopt);
  EXPECT_EQ(rate_of(shown(50), withheld), std::nullopt);
  EXPECT_EQ(rate_of(nothing, nothing), std::nullopt);
}

TEST(Figure, without_a_rate_says_whether_one_is_withheld) {
  EXPECT_EQ(sign_without_rate(below_five, shown(50)), withheld);
  EXPECT_EQ(sign_without_rate(shown(50), withheld), withheld);
  EXPECT_EQ(sign_without_rate(shown(0), shown(0)), nothing);
  EXPECT_EQ(sign_without_rate(nothing, withheld), nothing);
}

TEST(Figure, is_at_least_what_its_sign_says) {
  EXPECT_EQ(lower_limit(shown(7)), 7);
  EXPECT_EQ(lower_limit(below_five), 1);
  EXPECT_EQ(lower_limit(withheld), 0);
  EXPECT_EQ(lower_limit(nothing), 0);
  EXPECT_EQ(lower_limit(shown(7) + withheld), 7);
}

}  // namespace
}  // namespace kaiku::reports
