// What a quarter's run or a settlement tells, of plain counts: nothing is read here.
#pragma once

#include <vector>

#include "server/reports/draw_run.hpp"
#include "server/reports/year_rows.hpp"

namespace kaiku::reports {

// What earlier runs told.
struct ToldBefore {
  std::vector<tables::KeptCell> cells = {};  // of the year
  std::vector<domain::Table> left_out = {};  // by these for good, and by the run to be drawn
  std::vector<tables::KeptCell> year_before =
      {};  // as its newest run gives it; none: never settled
};

// Without its hash and sequence. Throws std::invalid_argument for an edition.
DrawnRun decide_run(domain::RunName const& name, CountedYear const& year, ToldBefore const& before);

// A cell that a run told, as disclosure control knows it.
domain::DeclaredCell as_told(tables::KeptCell const& kept);

}  // namespace kaiku::reports
