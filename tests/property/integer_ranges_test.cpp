#include "tests/property/integer_ranges.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <stdexcept>

namespace kaiku::property {
namespace {

// Tables of three rows and columns whose sums are known: what every way of filling them says.
class SmallTable {
 public:
  explicit SmallTable(std::mt19937_64& random) {
    for (auto& room : rooms_) {
      room = {static_cast<std::int64_t>(random() % 3), static_cast<std::int64_t>(random() % 3)};
    }
  }
  std::vector<IntegerRanges::Equation> equations() const {
    std::vector<IntegerRanges::Equation> all;
    for (int line = 0; line < 3; ++line) {
      all.push_back({{3 * line, 1}, {3 * line + 1, 1}, {3 * line + 2, 1}});
      all.push_back({{line, 1}, {line + 3, 1}, {line + 6, 1}});
    }
    return all;
  }
  IntegerRanges::Room room(int cell) const { return rooms_.at(static_cast<std::size_t>(cell)); }
  // Four cells decide the other five.
  std::int64_t most_by_trying_all(int cell, bool up) const {
    std::int64_t most = 0;
    std::array<std::int64_t, 9> way{};
    for (int code = 0; code < 5 * 5 * 5 * 5; ++code) {
      way[0] = code % 5 - 2;
      way[1] = code / 5 % 5 - 2;
      way[3] = code / 25 % 5 - 2;
      way[4] = code / 125 - 2;
      way[2] = -way[0] - way[1];
      way[5] = -way[3] - way[4];
      for (std::size_t column = 0; column < 3; ++column) {
        way[6 + column] = -way[column] - way[3 + column];
      }
      bool is_possible = true;
      for (std::size_t at = 0; at < 9; ++at) {
        is_possible = is_possible && way[at] <= rooms_[at].up && -way[at] <= rooms_[at].down;
      }
      auto const moved = way.at(static_cast<std::size_t>(cell));
      if (is_possible) most = std::max(most, up ? moved : -moved);
    }
    return most;
  }

 private:
  std::array<IntegerRanges::Room, 9> rooms_{};
};

TEST(IntegerRanges, are_those_of_trying_every_way) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 200; ++round) {
    SmallTable const table(random);
    IntegerRanges ranges(9, table.equations());
    for (int cell = 0; cell < 9; ++cell) ranges.set_room(cell, table.room(cell));
    for (int cell = 0; cell < 9; ++cell) {
      for (bool const up : {true, false}) {
        EXPECT_EQ(ranges.most(cell, up, 9), table.most_by_trying_all(cell, up))
            << "round " << round << " cell " << cell << (up ? " up" : " down");
      }
    }
  }
}

TEST(IntegerRanges, do_not_guess_at_systems_whose_corners_are_no_whole_numbers) {
  EXPECT_THROW(IntegerRanges(2, {{{0, 2}, {1, 1}}}), std::domain_error);
}

}  // namespace
}  // namespace kaiku::property
