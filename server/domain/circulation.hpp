// The equations among published cells as a network in which counts flow. Every equation is left =
// right, and each cell stands once on a right side and once on a left side: it is an arrow from the
// one to the other. What can be worked out about withheld cells is what circles of arrows allow.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "server/domain/declared_cells.hpp"

namespace kaiku::domain {

struct Circulation {
  struct Arrow {
    int tail;  // the equation where the cell stands right
    int head;  // where it stands left
  };
  // A cell that is the sum of others, or the same as one of a smaller row.
  struct Whole {
    int arrow;
    std::vector<int> parts;
  };
  static constexpr int undeclared = -1;

  // All by the cell's number. The homes of one area have sums that are never shown and are treated
  // as if they were; `declared` is their Circulation::undeclared, else the place in the set.
  std::vector<DeclaredCell> cells;
  std::vector<int> declared;
  std::vector<Arrow> arrows;
  std::vector<Whole> wholes;
  int equations = 0;

  std::unordered_map<CellKey, int, CellKeyHash> numbers;

  std::optional<int> number_of(CellKey const& key) const;
};

// The same for any order of the set's cells. Throws std::invalid_argument when a cell is declared
// twice or has no place in the set's linking.
Circulation circulation_of(DeclaredSet const& set);

// A cell of an equation whose sides differ, where all counts are known.
std::optional<CellKey> unbalanced(Circulation const& circulation);

}  // namespace kaiku::domain
