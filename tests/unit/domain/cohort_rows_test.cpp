#include "server/domain/cohort_rows.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>

#include "server/domain/declared_cells.hpp"

namespace kaiku::domain {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

CohortRow row(char const* area, CohortCounts const& counts, std::int64_t last_registered = 100) {
  return {{area}, counts, true, last_registered};
}
CohortRow network_of(std::vector<CohortRow> const& rows) {
  CohortRow network{{}, {}, true};
  for (auto const& [area, counts, cards_are_shown, last] : rows) {
    network.counts.registered += counts.registered;
    network.counts.used_30 += counts.used_30;
    network.counts.used_90 += counts.used_90;
    network.counts.used_365 += counts.used_365;
    network.counts.taken += counts.taken;
  }
  return network;
}
ShownCohorts shown(std::vector<CohortRow> const& rows) {
  return shown_cohorts(network_of(rows), rows);
}

constexpr CohortCounts plain{
    .registered = 100, .used_30 = 10, .used_90 = 20, .used_365 = 40, .taken = 30};

CohortCounts with_step(std::int64_t used_90) {
  auto counts = plain;
  counts.used_90 = used_90;
  return counts;
}

TEST(CohortRows, are_all_shown_where_every_step_is_nothing_or_enough) {
  auto const cohorts = shown({row("A", plain), row("B", with_step(10)), row("C", with_step(40))});
  EXPECT_TRUE(cohorts.network);
  EXPECT_THAT(cohorts.rows, Each(true));
}

TEST(CohortRows, of_two_more_within_90_days_than_within_30_are_hidden_with_two_others) {
  auto const cohorts = shown({row("A", plain, 300), row("B", with_step(12), 300),
                              row("C", plain, 70), row("D", plain, 60)});
  EXPECT_TRUE(cohorts.network);
  EXPECT_THAT(cohorts.rows, ElementsAre(true, false, false, false))
      << "the least registered last year go with it";
}

TEST(CohortRows, each_step_hides_a_row) {
  for (auto change : {+[](CohortCounts& counts) { counts.used_30 = 4; },
                      +[](CohortCounts& counts) { counts.used_90 = counts.used_30 + 1; },
                      +[](CohortCounts& counts) { counts.used_365 = counts.used_90 + 3; },
                      +[](CohortCounts& counts) { counts.registered = counts.used_365 + 2; },
                      +[](CohortCounts& counts) { counts.taken = counts.used_365 - 4; }}) {
    auto counts = plain;
    change(counts);
    EXPECT_FALSE(shown({row("A", counts), row("B", plain), row("C", plain)}).rows.at(0));
  }
}

TEST(CohortRows, are_hidden_with_their_cards) {
  std::vector<CohortRow> rows{row("A", plain), row("B", plain), row("C", plain), row("D", plain)};
  rows[1].cards_are_shown = false;
  EXPECT_THAT(shown(rows).rows, ElementsAre(false, false, false, true));
}

TEST(CohortRows, hide_more_until_their_sum_tells_nothing) {
  // 1 + 2 + 1 within 30 days: three rows, and yet the network less the others says four.
  auto few = plain;
  few.used_30 = 1;
  auto two = plain;
  two.used_30 = 2;
  auto const cohorts = shown({row("A", few, 10), row("B", two, 20), row("C", few, 30),
                              row("D", plain, 40), row("E", plain, 50)});
  EXPECT_THAT(cohorts.rows, ElementsAre(false, false, false, false, true));
  EXPECT_TRUE(cohorts.network);
}

// Steps of 1–4 that a reader is told of a row, or reckons of all withheld ones together.
int small_steps(std::vector<CohortRow> const& rows, ShownCohorts const& shown) {
  auto const steps = [](CohortCounts const& counts) {
    return std::array{counts.used_30, counts.used_90 - counts.used_30,
                      counts.used_365 - counts.used_90, counts.registered - counts.used_365,
                      counts.used_365 - counts.taken};
  };
  auto rest = steps(network_of(rows).counts);
  std::ptrdiff_t found = 0;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (!shown.rows[at]) continue;
    auto const of_row = steps(rows[at].counts);
    for (std::size_t step = 0; step < of_row.size(); ++step) rest[step] -= of_row[step];
    found += std::ranges::count_if(of_row, counts_few);
  }
  if (shown.network) found += std::ranges::count_if(rest, counts_few);
  return static_cast<int>(found);
}

TEST(CohortRows, leave_no_step_of_1_to_4_to_be_read_or_reckoned) {
  std::vector const rows{row("A", plain), row("B", with_step(12)), row("C", with_step(25)),
                         row("D", plain)};
  ASSERT_EQ(small_steps(rows, {true, {true, true, true, true}}), 1) << "12 less 10";
  ASSERT_EQ(small_steps(rows, {true, {true, false, true, true}}), 1) << "all less the rest";
  auto const cohorts = shown(rows);
  EXPECT_TRUE(cohorts.network);
  EXPECT_EQ(small_steps(rows, cohorts), 0);
}

TEST(CohortRows, take_the_network_with_them_where_there_are_too_few) {
  auto const cohorts = shown({row("A", plain), row("B", with_step(12))});
  EXPECT_FALSE(cohorts.network);
  EXPECT_THAT(cohorts.rows, Each(false));
}

}  // namespace
}  // namespace kaiku::domain
