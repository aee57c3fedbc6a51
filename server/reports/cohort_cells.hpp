// The cells of a year's cohort: who was registered in it, and used the card within 30, 90 and 365
// days. Told by the settlement of the year after, when 365 days are over for everybody.
#pragma once

#include <vector>

#include "server/tables/cohort_counts.hpp"
#include "server/tables/report_runs.hpp"

namespace kaiku::reports {

// One row an area and one of the network. `told`: the cells of the cohort's own year, of which the
// card tables tell how many were registered and taken into use; a reader subtracts those. Where its
// cards are not shown, or were told as others than are counted now, a row is withheld.
std::vector<tables::KeptCell> cohort_cells(std::vector<tables::AreaCohort> const& counted,
                                           std::vector<tables::KeptCell> const& told);

}  // namespace kaiku::reports
