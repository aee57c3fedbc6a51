// What an edition moves of a settled year, of plain counts: nothing is read here.
#pragma once

#include <vector>

#include "server/reports/draw_run.hpp"
#include "server/reports/year_rows.hpp"

namespace kaiku::reports {

struct SettledYear {
  CountedYear counted = {};                  // as of its settlement
  std::vector<tables::KeptCell> cells = {};  // that its runs up to the settlement told
  std::vector<domain::Table> left_out = {};  // by any of these
  std::vector<std::vector<tables::KeptCell>> editions = {};  // what each since then moved, in order
};

// Adults and children by whole batches; persons are final with the settlement. Without its hash and
// sequence. A year that lacks a table of uses moves no more: its sums could not be checked.
DrawnRun decide_edition(domain::RunName const& name, SettledYear const& settled,
                        tables::YearCounts const& now);

}  // namespace kaiku::reports
