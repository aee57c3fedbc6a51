#include "server/domain/value_sheet.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace kaiku::domain {
namespace {

std::optional<ValueRange>& at(ValueRanges& ranges, ValueLine line) {
  return ranges.at(static_cast<std::size_t>(line));
}

TEST(ValueSheet, multiplies_uses_by_their_value_and_by_what_is_the_cards_doing) {
  ValuedCounts counts;
  counts.tickets = {100, 0, 0, 0, 50, 0, 0, 0};
  counts.active_cards = 10;
  ValueRanges ranges{};
  at(ranges, ValueLine::adult_culture) = {800, 1'000, 1'200};
  at(ranges, ValueLine::child_culture) = {400, 500, 600};
  at(ranges, ValueLine::otherwise) = {100, 200, 300};
  at(ranges, ValueLine::attribution) = {500, 600, 700};
  at(ranges, ValueLine::wellbeing) = {0, 100, 1'000};
  auto const sheet = value_of(counts, ranges);
  // 100 x 8 + 50 x 4 euros x 0.7 x 0.5; base 1,250 x 0.8 x 0.6 + 10; high 1,500 x 0.9 x 0.7 + 100.
  EXPECT_EQ(sheet.value, (ValueRange{35'000, 61'000, 104'500}));
  EXPECT_FALSE(sheet.ratio);
  ASSERT_EQ(sheet.effects.size(), 5U);
  EXPECT_EQ(sheet.effects[2].line, ValueLine::otherwise);
  EXPECT_EQ(sheet.effects[2].at_low, 68'500) << "fewer would have gone anyway: worth more";
  EXPECT_EQ(sheet.effects[2].at_high, 53'500);
}

TEST(ValueSheet, tells_a_ratio_as_two_ends_and_only_beside_costs) {
  ValuedCounts counts;
  counts.tickets[0] = 100;
  ValueRanges ranges{};
  at(ranges, ValueLine::adult_culture) = {1'000, 1'500, 2'000};
  EXPECT_FALSE(value_of(counts, ranges).ratio);
  at(ranges, ValueLine::costs) = {30'000, 50'000, 70'000};
  auto const ratio = value_of(counts, ranges).ratio.value();
  EXPECT_EQ(ratio.low, 14) << "100,000 / 70,000 is 1.43";
  EXPECT_EQ(ratio.high, 67) << "200,000 / 30,000 is 6.67";
  at(ranges, ValueLine::costs) = {0, 0, 0};
  EXPECT_FALSE(value_of(counts, ranges).ratio);
}

TEST(ValueSheet, rounds_once_and_half_up) {
  ValuedCounts counts;
  counts.tickets = {1, 1, 0, 0, 0, 0, 0, 0};
  ValueRanges ranges{};
  at(ranges, ValueLine::adult_culture) = {1, 1, 1};
  at(ranges, ValueLine::adult_education) = {2, 2, 2};
  at(ranges, ValueLine::otherwise) = {500, 500, 500};
  EXPECT_EQ(value_of(counts, ranges).value.base, 2) << "1.5, though 0.5 and 1 apart";
}

TEST(ValueSheet, knows_its_lines_by_words) {
  for (std::size_t number = 0; number < value_line_count; ++number) {
    auto const line = static_cast<ValueLine>(number);
    EXPECT_EQ(value_line_from(word_of(line)), line);
    EXPECT_EQ(may_be_empty(line), !is_share(line));
  }
  EXPECT_FALSE(value_line_from("adult"));
  EXPECT_EQ(adult_line(contract::Sector::sport), ValueLine::adult_sport);
  EXPECT_EQ(child_line(contract::Sector::sport), ValueLine::child_sport);
  ValueRow const row{.line = ValueLine::costs, .range = ValueRange{1, 2, 3}};
  auto ranges = ranges_of({row});
  EXPECT_EQ(at(ranges, ValueLine::costs), row.range);
  EXPECT_FALSE(at(ranges, ValueLine::wellbeing));
}

struct RandomSheet {
  std::mt19937_64 random{20'261'129};  // NOLINT: the same sheets each time
  std::int64_t up_to(std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(0, most)(random);
  }
  // Small numbers too, where rounding shows.
  std::int64_t some(std::int64_t most) { return up_to(up_to(1) == 0 ? most : most / 1'000 + 1); }
  ValuedCounts counts() {
    ValuedCounts made;
    for (auto& count : made.tickets) count = some(1'000'000'000);
    made.active_cards = some(1'000'000'000);
    return made;
  }
  ValueRanges ranges() {
    ValueRanges made{};
    for (std::size_t number = 0; number < made.size(); ++number) {
      auto const line = static_cast<ValueLine>(number);
      if (up_to(4) == 0) continue;
      std::array<std::int64_t, 3> ends{};
      for (auto& end : ends) end = std::min(some(most_of(line)), most_of(line));
      std::ranges::sort(ends);
      made[number] = ValueRange{ends[0], ends[1], ends[2]};
    }
    return made;
  }
};

TEST(ValueSheet, lies_between_its_ends_whatever_is_assumed) {
  RandomSheet random;
  for (int i = 0; i < 20'000; ++i) {
    auto const ranges = random.ranges();
    auto const sheet = value_of(random.counts(), ranges);
    ASSERT_GE(sheet.value.low, 0);
    ASSERT_LE(sheet.value.low, sheet.value.base);
    ASSERT_LE(sheet.value.base, sheet.value.high);
    for (auto const& effect : sheet.effects) {
      ASSERT_GE(std::min(effect.at_low, effect.at_high), sheet.value.low);
      ASSERT_LE(std::max(effect.at_low, effect.at_high), sheet.value.high);
    }
    if (sheet.ratio) {
      ASSERT_LE(sheet.ratio->low, sheet.ratio->high);
    }
  }
}

TEST(ValueSheet, moves_one_way_with_each_of_its_lines) {
  RandomSheet random;
  for (int i = 0; i < 20'000; ++i) {
    auto const counts = random.counts();
    auto ranges = random.ranges();
    auto const number = static_cast<std::size_t>(random.up_to(value_line_count - 1));
    auto const line = static_cast<ValueLine>(number);
    if (!ranges[number]) continue;
    auto const before = value_of(counts, ranges);
    auto& range = *ranges[number];
    auto const more = random.up_to(most_of(line) - range.high);
    range = {range.low + more, range.base + more, range.high + more};
    auto const after = value_of(counts, ranges);
    bool const falls = line == ValueLine::otherwise;
    auto const& lower = falls ? after : before;
    auto const& upper = falls ? before : after;
    ASSERT_LE(lower.value.low, upper.value.low) << word_of(line);
    ASSERT_LE(lower.value.base, upper.value.base) << word_of(line);
    ASSERT_LE(lower.value.high, upper.value.high) << word_of(line);
    if (before.ratio && line == ValueLine::costs) {
      ASSERT_LE(after.ratio->high, before.ratio->high);
    }
  }
}

TEST(ValueSheet, rises_with_each_count) {
  RandomSheet random;
  for (int i = 0; i < 5'000; ++i) {
    auto counts = random.counts();
    auto const ranges = random.ranges();
    auto const before = value_of(counts, ranges).value;
    ++counts.tickets.at(static_cast<std::size_t>(random.up_to(ticket_line_count - 1)));
    ++counts.active_cards;
    auto const after = value_of(counts, ranges).value;
    ASSERT_LE(before.low, after.low);
    ASSERT_LE(before.high, after.high);
  }
}

}  // namespace
}  // namespace kaiku::domain
