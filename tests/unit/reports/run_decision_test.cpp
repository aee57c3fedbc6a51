#include "server/reports/run_decision.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "server/reports/figure.hpp"
#include "server/reports/late_shares.hpp"
#include "server/reports/year_cells.hpp"
#include "tests/support/report_cells.hpp"

namespace kaiku::reports {
namespace {

using contract::Sector;
using domain::CellKey;
using domain::Measure;
using domain::Sign;
using domain::Table;
using Kind = domain::Period::Kind;
using tables::KeptCell;
using tables::Months;
using test::area_at;
using test::count_of;
using test::find;
using test::late_row;
using test::month;
using test::quarter;
using test::steady;
using test::two_areas;
using test::uses_of;
using test::uses_of_network;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Figure in_charge(std::vector<KeptCell> const& cells, CellKey const& key) {
  auto const* cell = find(cells, key);
  return cell == nullptr ? Figure{} : figure_of(cell->in_charge, cell->count);
}
Figure openly(std::vector<KeptCell> const& cells, CellKey const& key) {
  auto const* cell = find(cells, key);
  return cell == nullptr || !cell->openly ? Figure{} : figure_of(*cell->openly, cell->count);
}
int told_of(std::vector<KeptCell> const& cells, Table table) {
  return static_cast<int>(
      std::ranges::count(cells, table, [](KeptCell const& cell) { return cell.key.table; }));
}

CellKey cards_of_network(Measure measure) {
  return {.table = Table::cards_network, .measure = measure};
}
// The at-th of so many nearly equal parts.
std::int64_t part_of(std::int64_t whole, int parts, int at) {
  return whole / parts + (at < whole % parts ? 1 : 0);
}
Months spread(std::int64_t year) {
  Months months{};
  for (int at = 0; at < 12; ++at) months[domain::index(at)] = part_of(year, 12, at);
  return months;
}

// --- a first year of nine areas, settled in one run ----------------------------------------------

constexpr int areas = 9;
constexpr int municipalities = 24;
constexpr std::array<std::int64_t, 4> adults{5310, 1204, 561, 1118};
constexpr std::array<std::int64_t, 4> children{1402, 0, 247, 185};

CountedYear first_year() {
  CountedYear year;
  for (int area = 0; area < areas; ++area) {
    year.network.areas.push_back(area_at(area));
    std::int64_t adults_of_area = 0;
    for (int sector = 0; sector < 4; ++sector) {
      auto const at = domain::index(sector);
      auto const count = part_of(adults[at], areas, area);
      adults_of_area += count;
      year.now.venues.push_back({.venue = {100 + 4 * area + sector},
                                 .area = area_at(area),
                                 .municipality = std::to_string(100 + area),
                                 .sector = static_cast<Sector>(sector),
                                 .adults = spread(count),
                                 .children = spread(part_of(children[at], areas, area))});
    }
    year.now.beside.push_back({.area = area_at(area),
                               .assistants = area == 0 ? 150 : 0,
                               .community_cards = area == 0 ? 6 : 0,
                               .community_uses = area == 0 ? 40 : 0,
                               .late_tickets = 120,
                               .all_tickets = 1000});
    year.now.flows.push_back({{}, area_at(area), 10});
    year.now.flows.push_back({area_at(area), area_at(area), adults_of_area - 10});
  }
  for (int at = 0; at < municipalities; ++at) {
    auto const code = std::to_string(100 + at);
    year.network.municipalities.emplace_back(code, area_at(at % areas));
    year.now.cards.push_back({.office = {100 + at},
                              .area = area_at(at % areas),
                              .home = code,
                              .home_area = area_at(at % areas),
                              .registered = spread(part_of(5086, municipalities, at)),
                              .taken = part_of(1360, municipalities, at)});
  }
  return year;
}

TEST(RunDecision, a_year_without_quarters_is_told_whole_by_its_settlement) {
  auto const run = decide_run({.year = 2019}, first_year(), {});
  ASSERT_FALSE(run.refused);
  EXPECT_THAT(run.left_out, IsEmpty());
  EXPECT_THAT(run.left_out_openly, IsEmpty());
  for (auto const& seen : {in_charge, openly}) {
    auto const registered = seen(run.cells, cards_of_network(Measure::registered));
    auto const taken = seen(run.cells, cards_of_network(Measure::taken));
    EXPECT_EQ(registered, shown(5086));
    EXPECT_EQ(taken, shown(1360));
    EXPECT_EQ(seen(run.cells, cards_of_network(Measure::not_taken)), shown(3726));
    EXPECT_DOUBLE_EQ(rate_of(taken, registered).value(), 0.2674);
    Figure total = shown(0);
    for (int sector = 0; sector < 4; ++sector) {
      auto key = uses_of_network();
      key.sector = static_cast<Sector>(sector);
      EXPECT_EQ(seen(run.cells, key), shown(adults[domain::index(sector)]));
      total = total + seen(run.cells, key);
      key.measure = Measure::children;
      EXPECT_EQ(seen(run.cells, key), shown(children[domain::index(sector)]));
      total = total + seen(run.cells, key);
    }
    EXPECT_EQ(total, shown(10'027));
    EXPECT_EQ(seen(run.cells, uses_of_network()), shown(8193));
    EXPECT_EQ(
        seen(run.cells,
             {.table = Table::beside, .measure = Measure::whole, .label = labels::assistants}),
        shown(150));
    EXPECT_EQ(seen(run.cells,
                   {.table = Table::community, .measure = Measure::whole, .label = labels::uses}),
              shown(40));
  }
  EXPECT_EQ(in_charge(run.cells, uses_of(0, late_row)).is, Figure::Is::complementary)
      << "of an area without a year before, no part of the year is told";
  EXPECT_EQ(in_charge(run.cells, {.table = Table::flows,
                                  .area = area_at(3),
                                  .measure = Measure::part,
                                  .label = labels::home_not_known}),
            shown(10));
}

TEST(RunDecision, an_edition_is_not_a_first_telling) {
  EXPECT_THROW(decide_run({.year = 2019, .edition = 2}, first_year(), {}), std::invalid_argument);
}

TEST(RunDecision, a_table_left_out_is_told_by_no_run) {
  ToldBefore before;
  before.left_out = {Table::uses_venue};
  auto const run = decide_run({.year = 2019}, first_year(), before);
  ASSERT_FALSE(run.refused);
  EXPECT_EQ(told_of(run.cells, Table::uses_venue), 0);
  EXPECT_GT(told_of(run.cells, Table::uses_municipality), 0);
  EXPECT_THAT(run.left_out, ElementsAre(Table::uses_venue));
}

// --- quarters ------------------------------------------------------------------------------------

constexpr Months first_quarter{20, 20, 20};

struct FirstQuarter {
  CountedYear year = two_areas(first_quarter, first_quarter);
  DrawnRun run = decide_run({.year = 2026, .quarter = 1}, year, {});
  ToldBefore told{.cells = run.cells};
};

TEST(RunDecision, a_quarter_tells_its_own_periods_and_nothing_else) {
  FirstQuarter const first;
  ASSERT_FALSE(first.run.refused);
  EXPECT_EQ(in_charge(first.run.cells, uses_of_network(quarter(1))), shown(120));
  EXPECT_EQ(in_charge(first.run.cells, uses_of_network(month(3))), shown(40));
  EXPECT_NE(find(first.run.cells, uses_of(1, quarter(1))), nullptr);
  for (auto const& cell : first.run.cells) {
    auto const& period = cell.key.period;
    EXPECT_TRUE(period == quarter(1) || (period.kind == Kind::month && period.number <= 3));
  }
}

TEST(RunDecision, what_comes_late_has_a_row_or_is_taken_up_and_told_quarters_stand) {
  FirstQuarter const first;
  auto of_first = steady;
  of_first[1] += 6;
  auto of_second = steady;
  of_second[2] += 2;
  auto year = two_areas(of_first, of_second);
  year.closed[0] = first.year.now;
  auto const run = decide_run({.year = 2026}, year, first.told);
  ASSERT_FALSE(run.refused);
  EXPECT_EQ(find(run.cells, uses_of_network(quarter(1))), nullptr) << "told before";
  EXPECT_EQ(find(run.cells, uses_of_network(month(2))), nullptr);
  EXPECT_EQ(count_of(run.cells, uses_of(0, late_row)), 6);
  EXPECT_EQ(count_of(run.cells, uses_of(0, quarter(4))), 60);
  EXPECT_EQ(count_of(run.cells, uses_of(1, late_row)), 0) << "less than a row of its own";
  EXPECT_EQ(count_of(run.cells, uses_of(1, quarter(4))), 62);
  EXPECT_EQ(count_of(run.cells, uses_of_network(late_row)), 6);
  EXPECT_EQ(count_of(run.cells, uses_of_network(month(12))), 42);
  EXPECT_EQ(in_charge(run.cells, uses_of_network()), shown(488)) << "exact in any case";
}

TEST(RunDecision, what_was_told_stands_when_it_is_no_longer_counted_as_of_then) {
  FirstQuarter const first;
  auto of_first = steady;
  of_first[0] -= 1;
  auto year = two_areas(of_first, steady);
  year.closed[0] = two_areas({19, 20, 20}, first_quarter).now;
  auto const run = decide_run({.year = 2026}, year, first.told);
  ASSERT_FALSE(run.refused);
  EXPECT_EQ(count_of(run.cells, uses_of(0, late_row)), 0);
  EXPECT_EQ(count_of(run.cells, uses_of(0, quarter(4))), 59);
  EXPECT_EQ(count_of(run.cells, uses_of_network(month(12))), 39);
  EXPECT_EQ(count_of(run.cells, uses_of_network()), 479);
}

TEST(RunDecision, an_area_that_joins_later_gets_its_rows_of_earlier_quarters) {
  FirstQuarter const first;
  Months half{20, 20, 20, 20, 20, 20};
  auto year = two_areas(half, half);
  year.network.areas.push_back(area_at(2));
  year.closed[0] = first.year.now;
  auto const run = decide_run({.year = 2026, .quarter = 2}, year, first.told);
  ASSERT_FALSE(run.refused);
  EXPECT_EQ(count_of(run.cells, uses_of(2, quarter(1))), 0);
  EXPECT_EQ(find(run.cells, uses_of(1, quarter(1))), nullptr);
}

TEST(RunDecision, areas_with_a_year_before_show_their_quarters) {
  FirstQuarter const first;
  EXPECT_EQ(in_charge(first.run.cells, uses_of(0, quarter(1))).is, Figure::Is::complementary)
      << "nobody knows yet how much there is of it";
  auto const before = decide_run({.year = 2025}, two_areas(steady, steady), {});
  ToldBefore told;
  told.year_before = before.cells;
  auto const run = decide_run({.year = 2026, .quarter = 1}, first.year, told);
  EXPECT_EQ(in_charge(run.cells, uses_of(0, quarter(1))), shown(60));
}

TEST(RunDecision, a_run_whose_counts_do_not_add_up_is_refused_and_tells_nothing) {
  FirstQuarter first;
  auto year = two_areas(steady, steady);
  year.closed[0] = first.year.now;
  for (auto& cell : first.told.cells) {
    if (cell.key == uses_of_network(quarter(1))) cell.count += 1;
  }
  auto const run = decide_run({.year = 2026}, year, first.told);
  ASSERT_TRUE(run.refused);
  EXPECT_EQ(run.refused->why, domain::Refusal::Why::unbalanced);
  EXPECT_THAT(run.cells, IsEmpty());
}

// --- flows and late shares -----------------------------------------------------------------------

TEST(RunDecision, flows_into_an_area_whose_adults_are_withheld_are_withheld_whole) {
  auto year = two_areas(steady, {});
  year.now.venues[1].adults[5] = 3;
  year.now.flows[1].adults = 1;
  year.now.flows.push_back({{}, area_at(1), 2});
  auto const run = decide_run({.year = 2026}, year, {});
  ASSERT_FALSE(run.refused);
  ASSERT_EQ(in_charge(run.cells, uses_of(1)).is, Figure::Is::small);
  int flows = 0;
  for (auto const& cell : run.cells) {
    if (cell.key.table != Table::flows || cell.key.area != area_at(1)) continue;
    EXPECT_EQ(cell.in_charge, (domain::Decision{Sign::complementary, true}));
    EXPECT_EQ(cell.openly, std::nullopt);
    ++flows;
  }
  EXPECT_EQ(flows, 2);
}

CountedYear with_late_tickets(std::vector<std::pair<std::int64_t, std::int64_t>> const& tickets) {
  CountedYear year;
  for (auto const& [late, all] : tickets) {
    auto const area = area_at(static_cast<int>(year.network.areas.size()));
    year.network.areas.push_back(area);
    year.now.beside.push_back({.area = area, .late_tickets = late, .all_tickets = all});
  }
  return year;
}
std::vector<Figure> per_cents(CountedYear const& year) {
  std::vector<Figure> figures;
  for (auto const& cell : late_shares(year)) {
    figures.push_back(figure_of(cell.in_charge, cell.count));
    EXPECT_EQ(cell.openly.has_value(), cell.key.area.value.empty());
  }
  return figures;
}

// An area has all of them, so that its own share leaves nothing; a venue's or an office's leaves
// two.
TEST(RunDecision, what_is_left_beside_one_venue_or_office_is_told_to_those_in_charge_alone) {
  auto year = two_areas(steady, steady);
  year.now.beside = {{.area = area_at(0), .interpreters = 12, .community_cards = 7}};
  CellKey const interpreters{
      .table = Table::beside, .measure = Measure::whole, .label = labels::interpreters};
  CellKey const cards{.table = Table::community, .measure = Measure::whole, .label = labels::cards};
  auto const run = decide_run({.year = 2019}, year, {});
  EXPECT_EQ(openly(run.cells, interpreters), shown(12)) << "given by many";
  EXPECT_EQ(openly(run.cells, cards), shown(7));
  year.beside_shares.venues = {{VenueId{100}, {.interpreters = 10}}};
  year.beside_shares.community_cards = {{OfficeId{100}, 5}};
  auto const guarded = decide_run({.year = 2019}, year, {});
  ASSERT_FALSE(guarded.refused);
  for (auto const& [key, count] : {std::pair(interpreters, 12), std::pair(cards, 7)}) {
    EXPECT_EQ(in_charge(guarded.cells, key), shown(count));
    EXPECT_NE(openly(guarded.cells, key), shown(count));
  }
}

TEST(LateShares, are_whole_per_cents_of_the_network_and_of_areas) {
  EXPECT_THAT(per_cents(with_late_tickets({{25, 200}, {0, 400}})),
              ElementsAre(shown(4), shown(13), shown(0)));
}

TEST(LateShares, are_withheld_where_few_tickets_are_late_or_are_not_or_there_are_few) {
  Figure const withheld{Figure::Is::complementary, 0};
  EXPECT_THAT(per_cents(with_late_tickets({{4, 600}, {5, 600}, {596, 600}, {30, 99}, {30, 100}})),
              ElementsAre(shown(33), withheld, shown(1), withheld, withheld, shown(30)));
  EXPECT_THAT(per_cents(with_late_tickets({{50, 400}})), ElementsAre(withheld, shown(13)))
      << "the network's would tell of the others' between its rounding";
}

}  // namespace
}  // namespace kaiku::reports
