// The share of tickets that were recorded more than a day after they were given, in whole per cent.
#pragma once

#include <vector>

#include "server/reports/year_rows.hpp"
#include "server/tables/report_runs.hpp"

namespace kaiku::reports {

// Cells of Table::judged under labels::late_percent, of each area and of the network, in order of
// keys. Withheld where there are few tickets, or 1–4 of either part.
std::vector<tables::KeptCell> late_shares(CountedYear const& year);

}  // namespace kaiku::reports
