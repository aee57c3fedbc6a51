// What one audience is told of each cell while it is being decided, and how far the cell could move
// in the eyes of its readers.
#pragma once

#include <vector>

#include "server/domain/circle_search.hpp"
#include "server/domain/circulation.hpp"

namespace kaiku::domain {

struct SuppressionView {
  Circulation const* circulation = nullptr;
  Audience audience = Audience::in_charge;
  // By the cell's number.
  std::vector<Decision> decisions;
  std::vector<MovableArrow> arrows;

  // A cell that this run tells for the first time, to this audience.
  bool is_untold(int cell) const;
  // Untold cells alone; others stay as they are.
  void withhold(int cell, Decision decision);
  // Whether a reader cannot tell that the cell is not below five.
  bool may_be_any_count(int cell) const;
};

// What earlier runs have told, and all that this run tells shown.
SuppressionView view_of_those_in_charge(Circulation const& circulation);
// Open cells begin as those in charge are told them; all others can move freely.
SuppressionView view_of_everybody(Circulation const& circulation,
                                  std::vector<Decision> const& in_charge);

// The quarters and the late row of an area that had little the year before are withheld whatever
// they are: its year may turn out small when its quarters are told already.
bool is_quarter_of_little(Circulation const& circulation, CellKey const& key);

}  // namespace kaiku::domain
