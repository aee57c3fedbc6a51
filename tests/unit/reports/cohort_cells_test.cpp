#include "server/reports/cohort_cells.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <stdexcept>

#include "server/reports/figure.hpp"
#include "server/reports/run_decision.hpp"
#include "server/reports/year_cells.hpp"
#include "tests/support/report_cells.hpp"

namespace kaiku::reports {
namespace {

using domain::Decision;
using domain::Measure;
using domain::Sign;
using domain::Table;
using tables::AreaCohort;
using tables::KeptCell;
using test::area_at;
using test::find;
using test::steady;
using test::two_areas;
using ::testing::Each;

// What an area's cards were told as.
void tell_cards(std::vector<KeptCell>& told, AreaId const& area, std::int64_t registered,
                std::int64_t taken) {
  auto const table = area.value.empty() ? Table::cards_network : Table::cards_area;
  for (auto const& [measure, count] :
       {std::pair(Measure::registered, registered), std::pair(Measure::taken, taken)}) {
    told.push_back({.key = {.table = table, .area = area, .measure = measure},
                    .count = count,
                    .in_charge = {},
                    .openly = Decision{}});
  }
}

// So many areas of a hundred cards, of which 30 were used in their year.
struct Told {
  std::vector<AreaCohort> counted;
  std::vector<KeptCell> cells;
};
Told areas(int number) {
  Told told;
  tell_cards(told.cells, {}, 100 * number, 30 * number);
  for (int area = 0; area < number; ++area) {
    told.counted.push_back({area_at(area), 100, 10, 20, 40});
    tell_cards(told.cells, area_at(area), 100, 30);
  }
  return told;
}

KeptCell const& row(std::vector<KeptCell> const& cells, AreaId const& area, char const* label) {
  auto const* cell = find(cells, {.table = Table::cohort,
                                  .area = area,
                                  .measure = area.value.empty() ? Measure::whole : Measure::part,
                                  .label = label});
  if (cell == nullptr) throw std::out_of_range("not told");
  return *cell;
}
Figure in_charge(std::vector<KeptCell> const& cells, AreaId const& area, char const* label) {
  auto const& cell = row(cells, area, label);
  return figure_of(cell.in_charge, cell.count);
}
// Of all four cells of a row.
std::vector<Sign> signs(std::vector<KeptCell> const& cells, AreaId const& area) {
  std::vector<Sign> found;
  for (auto const* label :
       {labels::cohort_registered, labels::used_30, labels::used_90, labels::used_365}) {
    found.push_back(row(cells, area, label).in_charge.sign);
  }
  return found;
}

TEST(CohortCells, tell_each_area_and_to_everybody_the_network) {
  auto const told = areas(4);
  auto const cells = cohort_cells(told.counted, told.cells);
  EXPECT_EQ(cells.size(), 20u);
  EXPECT_EQ(in_charge(cells, {}, labels::cohort_registered), shown(400));
  EXPECT_EQ(in_charge(cells, {}, labels::used_30), shown(40));
  EXPECT_EQ(in_charge(cells, {}, labels::used_90), shown(80));
  EXPECT_EQ(in_charge(cells, {}, labels::used_365), shown(160));
  EXPECT_EQ(in_charge(cells, area_at(2), labels::used_90), shown(20));
  EXPECT_EQ(row(cells, {}, labels::used_30).openly, Decision{});
  EXPECT_EQ(row(cells, area_at(2), labels::used_30).openly, std::nullopt);
}

TEST(CohortCells, withhold_a_row_whole_and_two_others_with_it) {
  auto told = areas(5);
  told.counted[3].used_90 = told.counted[3].used_30 + 2;
  auto const cells = cohort_cells(told.counted, told.cells);
  int withheld = 0;
  for (int area = 0; area < 5; ++area) {
    auto const of_area = signs(cells, area_at(area));
    EXPECT_THAT(of_area, Each(of_area.front())) << "whole or not at all";
    if (of_area.front() == Sign::complementary) ++withheld;
  }
  EXPECT_EQ(withheld, 3);
  EXPECT_THAT(signs(cells, area_at(3)), Each(Sign::complementary));
  EXPECT_THAT(signs(cells, {}), Each(Sign::shown));
}

TEST(CohortCells, withhold_a_row_whose_cards_are_withheld_or_were_told_otherwise) {
  auto told = areas(5);
  told.cells[2].in_charge = {Sign::complementary, false};  // registered of the first area
  auto cells = cohort_cells(told.counted, told.cells);
  EXPECT_THAT(signs(cells, area_at(0)), Each(Sign::complementary));

  auto const again = areas(5);
  auto counted = again.counted;
  counted[4].registered += 1;
  cells = cohort_cells(counted, again.cells);
  EXPECT_THAT(signs(cells, area_at(4)), Each(Sign::complementary));
  EXPECT_THAT(signs(cells, {}), Each(Sign::complementary)) << "a reader would find the one";
}

TEST(CohortCells, tell_nobody_of_a_network_whose_cards_are_withheld_openly) {
  auto told = areas(4);
  told.cells[1].openly = Decision{Sign::complementary, false};
  auto const cells = cohort_cells(told.counted, told.cells);
  EXPECT_THAT(signs(cells, {}), Each(Sign::shown));
  ASSERT_TRUE(row(cells, {}, labels::used_30).openly);
  EXPECT_EQ(row(cells, {}, labels::used_30).openly->sign, Sign::complementary);
}

TEST(CohortCells, tell_nought_of_an_area_that_registered_nobody) {
  auto told = areas(3);
  tell_cards(told.cells, area_at(9), 0, 0);
  auto const cells = cohort_cells(told.counted, told.cells);
  EXPECT_EQ(in_charge(cells, area_at(9), labels::used_365), shown(0));
}

// --- in a run ------------------------------------------------------------------------------------

int rows_of_cohort(DrawnRun const& run) {
  return static_cast<int>(std::ranges::count(run.cells, Table::cohort,
                                             [](KeptCell const& cell) { return cell.key.table; }));
}

TEST(CohortCells, are_told_by_the_settlement_of_the_year_after_alone) {
  auto told = areas(2);
  auto year = two_areas(steady, steady);
  year.cohort = told.counted;
  ToldBefore const before{.year_before = told.cells};
  auto const run = decide_run({.year = 2027}, year, before);
  ASSERT_FALSE(run.refused);
  EXPECT_EQ(rows_of_cohort(run), 12);
  EXPECT_EQ(in_charge(run.cells, area_at(1), labels::used_365), shown(40));
  EXPECT_EQ(rows_of_cohort(decide_run({.year = 2027, .quarter = 2}, year, before)), 0);
  year.cohort.reset();
  EXPECT_EQ(rows_of_cohort(decide_run({.year = 2027}, year, before)), 0);
}

TEST(CohortCells, are_left_out_where_their_table_is) {
  auto told = areas(2);
  auto year = two_areas(steady, steady);
  year.cohort = told.counted;
  auto const run =
      decide_run({.year = 2027}, year, {.left_out = {Table::cohort}, .year_before = told.cells});
  EXPECT_EQ(rows_of_cohort(run), 0);
  EXPECT_EQ(run.left_out, std::vector{Table::cohort});
}

}  // namespace
}  // namespace kaiku::reports
