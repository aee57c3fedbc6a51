// Cohorts by area: how many of a year's cards were used within 30, 90 and 365 days. Each row is
// nested in itself and in the card tables, so it is shown whole or not at all.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "schema/values/ids.hpp"

namespace kaiku::domain {

struct CohortCounts {
  std::int64_t registered = 0;
  std::int64_t used_30 = 0;
  std::int64_t used_90 = 0;
  std::int64_t used_365 = 0;
  std::int64_t taken = 0;  // of the same cards, by the end of their year: in the card tables
};
struct CohortRow {
  AreaId area;
  CohortCounts counts;
  bool cards_are_shown = false;  // registered and taken of this area and year
  // Registered as the last settled edition shows it: rows that are withheld for another's sake are
  // chosen by it.
  std::optional<std::int64_t> last_registered = {};
};
struct ShownCohorts {
  bool network = false;
  std::vector<bool> rows;  // by place
};
// `cards_are_shown` of the network row is that of the network. What is between two steps, or left
// after the last, is nothing or five and more in every shown row; and nothing or eight and more in
// all withheld rows together, which are none or at least three where there are as many.
ShownCohorts shown_cohorts(CohortRow const& network, std::vector<CohortRow> const& rows);

}  // namespace kaiku::domain
