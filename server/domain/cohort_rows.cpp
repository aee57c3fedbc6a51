#include "server/domain/cohort_rows.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "server/domain/declared_cells.hpp"

namespace kaiku::domain {
namespace {

constexpr std::int64_t fewest_of_withheld = 8;
constexpr std::ptrdiff_t fewest_withheld_rows = 3;

// What a reader of a row can work out by subtracting.
std::array<std::int64_t, 5> steps_of(CohortCounts const& counts) {
  return {counts.used_30, counts.used_90 - counts.used_30, counts.used_365 - counts.used_90,
          counts.registered - counts.used_365, counts.used_365 - counts.taken};
}

bool has_no_step_below(CohortCounts const& counts, std::int64_t fewest) {
  return std::ranges::all_of(steps_of(counts),
                             [fewest](std::int64_t step) { return step == 0 || step >= fewest; });
}

bool may_be_shown(CohortRow const& row) {
  return row.cards_are_shown && has_no_step_below(row.counts, threshold);
}

bool hide_each_other(std::vector<CohortRow> const& rows, std::vector<bool> const& is_shown) {
  CohortCounts sum;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (is_shown[at]) continue;
    sum.registered += rows[at].counts.registered;
    sum.used_30 += rows[at].counts.used_30;
    sum.used_90 += rows[at].counts.used_90;
    sum.used_365 += rows[at].counts.used_365;
    sum.taken += rows[at].counts.taken;
  }
  return std::ranges::count(is_shown, false) >= fewest_withheld_rows &&
         has_no_step_below(sum, fewest_of_withheld);
}

}  // namespace

ShownCohorts shown_cohorts(CohortRow const& network, std::vector<CohortRow> const& rows) {
  ShownCohorts shown{may_be_shown(network), {}};
  for (auto const& row : rows) shown.rows.push_back(may_be_shown(row));
  if (std::ranges::count(shown.rows, false) == 0) return shown;
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](std::size_t at) {
    return std::pair(rows[at].last_registered.value_or(0), rows[at].area);
  });
  for (auto const at : order) {
    if (hide_each_other(rows, shown.rows)) return shown;
    shown.rows[at] = false;
  }
  // Withheld they are all, and then their sum tells too much when it is too little.
  shown.network = shown.network && hide_each_other(rows, shown.rows);
  return shown;
}

}  // namespace kaiku::domain
