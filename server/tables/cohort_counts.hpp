// How soon the holders who were registered in a year first used their cards, before anything is
// withheld; nobody is shown it.
#pragma once

#include <cstdint>
#include <vector>

#include "schema/values/ids.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

// By the area of the registration; personal cards alone. A holder's first use is that with an adult
// or child ticket on or after the registration day; it is within 30 days when it was at most 30
// days after that one.
struct AreaCohort {
  AreaId area;
  std::int64_t registered = 0;
  std::int64_t used_30 = 0;
  std::int64_t used_90 = 0;
  std::int64_t used_365 = 0;
  auto operator<=>(AreaCohort const&) const = default;
};
// Sorted; areas without a holder are left out. Uses count as of the sequence as in count_year.
std::vector<AreaCohort> count_cohort(ledger::ReadTx& tx, int year, std::int64_t as_of);

}  // namespace kaiku::tables
