// Statistical disclosure control of linked tables: counts in, signs out. DESIGN.md says why it is
// done so.
#pragma once

#include <optional>
#include <vector>

#include "server/domain/declared_cells.hpp"

namespace kaiku::domain {

// Why nothing of the set may be published as it is.
struct Refusal {
  enum class Why : std::uint8_t {
    unbalanced,   // counts that should add up do not: a fault of ours
    unprotected,  // a count of 1–4 for which nothing suitable can be withheld
    audit,        // what was withheld does not protect it: a fault of ours
  };
  Why why;
  CellKey cell;
  bool operator==(Refusal const&) const = default;
};

// By the place of the cell in the set. A cell of a later period or of a table that was left out has
// none: nobody has decided that it is shown.
struct DecisionsByPlace {
  std::vector<std::optional<Decision>> in_charge;
  std::vector<std::optional<Decision>> openly;
};

// `refused` concerns all, and there are no signs; `refused_openly` the open tables alone: what
// those in charge are told is good, and no open cell of the run is shown.
struct DisclosureControl {
  DecisionsByPlace signs;
  // Tables of which this run tells those in charge, and everybody nothing: one of their cells could
  // not be protected otherwise.
  std::vector<Table> left_out_openly;
  std::optional<Refusal> refused;
  std::optional<Refusal> refused_openly;
};

// The same for any order of cells and shares. After everything told to all readers in all runs, at
// least three values stay possible for each count of 1–4; for whoever can subtract the own figures
// of one venue, one office or one area too. Throws std::invalid_argument for a set that is not one.
DisclosureControl control_disclosure(DeclaredSet const& set);

}  // namespace kaiku::domain
