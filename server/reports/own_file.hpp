// A venue's own figures as they leave in a file. Its staff have given the tickets and see each
// number; a file goes to others.
#pragma once

#include <array>
#include <vector>

#include "server/ledger/transactions.hpp"
#include "server/reports/annual.hpp"
#include "server/tables/true_counts.hpp"

namespace kaiku::reports {

// One measure of a calendar year as others may read it. What is withheld follows from the whole
// year, so that files of shorter periods withhold the same months.
struct OwnYear {
  std::array<Figure, 12> months;
  Figure year;
};
OwnYear own_year_for_others(tables::Months const& counts);

// Adults' or children's uses by sector, of which `whole` is told: shown where each may be.
// `is_year`: of one calendar year; of other periods several sectors are not told, since the
// difference of two files would be what one of them counted in a month.
void withhold_sectors(std::vector<Figure*> const& sectors, Figure const& whole, bool is_year);

// Of a venue's own figures; others stay as they are.
void withhold_for_others(ledger::ReadTx& tx, AnnualReport& report);
void withhold_for_others(ledger::ReadTx& tx, UsageReport& report);

}  // namespace kaiku::reports
