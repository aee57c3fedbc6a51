// Which cells are withheld for their own sake, before any is withheld for another's.
#pragma once

#include <utility>

#include "server/domain/contributors.hpp"
#include "server/domain/suppression_view.hpp"

namespace kaiku::domain {

// Counts of 1–4, and late rows that no quarter could take up.
void withhold_small(SuppressionView& view);
// All parts of a small whole, zeros too, and so on downwards; quarters of areas with little.
void withhold_undivided(SuppressionView& view);

// A cell that leaves 1–4 when the contributor subtracts its own part.
struct Remainder {
  int cell;
  int contributor;
};
// Of open cells, by cell.
std::vector<Remainder> small_remainders(SuppressionView const& view,
                                        Contributors const& contributors);
void withhold_remainders(SuppressionView& view, std::vector<Remainder> const& remainders);

}  // namespace kaiku::domain
