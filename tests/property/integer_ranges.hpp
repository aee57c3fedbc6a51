// How far single unknowns can move in a system of linear equations with integer bounds.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace kaiku::property {

// Unknowns are deviations from what is true: all zero solves every equation. The simplex method on
// a tableau of whole numbers, smallest unknown first (Bland), so that it ends. Of sums and their
// parts each pivot is 1 or −1; then every corner is whole, and no branching is left to do. A system
// that has another pivot throws std::domain_error.
class IntegerRanges {
 public:
  using Equation = std::vector<std::pair<int, int>>;  // unknown, coefficient
  struct Room {
    std::int64_t down = 0;  // how far below the truth
    std::int64_t up = 0;
  };
  IntegerRanges(int unknowns, std::vector<Equation> const& equations);

  void set_room(int unknown, Room room);
  // The most that the unknown moves up (or down), at most `enough`.
  std::int64_t most(int unknown, bool up, std::int64_t enough);

 private:
  struct Entering {
    int column = -1;
    bool up = true;
  };
  std::int64_t& entry(int row, int column) {
    auto const at = static_cast<std::size_t>(row) * static_cast<std::size_t>(unknowns_) +
                    static_cast<std::size_t>(column);
    return tableau_[at];
  }
  void reduce(int pivot_row, int pivot_column);
  Entering entering(int unknown, bool up);
  bool step(Entering const& entering, int unknown, std::int64_t left);

  int unknowns_;
  int rows_ = 0;
  std::vector<std::int64_t> tableau_;
  std::vector<int> basic_;   // by row
  std::vector<int> row_of_;  // by unknown; −1: not basic
  std::vector<Room> room_;
  std::vector<std::int64_t> value_;
};

}  // namespace kaiku::property
