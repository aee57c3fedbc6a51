#include "server/reports/edition_decision.hpp"

#include <gmock/gmock.h>

#include "server/reports/run_decision.hpp"
#include "tests/support/report_cells.hpp"

namespace kaiku::reports {
namespace {

using domain::Table;
using tables::KeptCell;
using test::count_of;
using test::find;
using test::late_row;
using test::quarter;
using test::two_areas;
using test::uses_of;
using test::uses_of_network;
using ::testing::IsEmpty;

domain::CellKey venue_of(int area, int venue) {
  return {.table = Table::uses_venue,
          .area = test::area_at(area),
          .municipality = std::to_string(100 + area),
          .venue = {venue},
          .sector = contract::Sector::culture};
}

class EditionDecision : public ::testing::Test {
 protected:
  EditionDecision() {
    settled_.counted = two_areas(test::steady, test::steady);
    auto const run = decide_run({.year = 2026}, settled_.counted, {});
    EXPECT_FALSE(run.refused);
    settled_.cells = run.cells;
    now_ = settled_.counted.now;
  }
  std::vector<KeptCell> edition(int number = 2) {
    return decide_edition({.year = 2026, .edition = number}, settled_, now_).cells;
  }
  SettledYear settled_;
  tables::YearCounts now_;  // to be changed
};

TEST_F(EditionDecision, moves_a_venue_and_all_that_hold_it_with_the_fifth_use) {
  now_.venues[0].adults[3] += 4;
  EXPECT_THAT(edition(), IsEmpty()) << "four wait";
  now_.venues[0].adults[9] += 1;
  auto const cells = edition();
  EXPECT_EQ(count_of(cells, venue_of(0, 100)), 245);
  EXPECT_EQ(count_of(cells, uses_of(0)), 245);
  EXPECT_EQ(count_of(cells, uses_of(0, late_row)), 5);
  EXPECT_EQ(count_of(cells, uses_of_network()), 485);
  EXPECT_EQ(count_of(cells, uses_of_network(late_row)), 5);
  EXPECT_EQ(find(cells, uses_of(0, quarter(2))), nullptr) << "quarters stand as they were told";
  EXPECT_EQ(find(cells, uses_of(1)), nullptr);
  for (auto const& cell : cells) EXPECT_EQ(cell.openly.has_value(), domain::is_open(cell.key));
}

TEST_F(EditionDecision, counts_from_what_the_newest_run_told) {
  now_.venues[0].adults[3] += 5;
  settled_.editions.push_back(edition());
  EXPECT_THAT(edition(3), IsEmpty()) << "that has been moved";
  now_.venues[0].adults[3] += 3;
  EXPECT_THAT(edition(3), IsEmpty());
  now_.venues[0].adults[3] += 2;
  EXPECT_EQ(count_of(edition(3), venue_of(0, 100)), 250);
}

TEST_F(EditionDecision, takes_back_a_venue_whose_uses_were_all_undone) {
  now_.venues.erase(now_.venues.begin());
  EXPECT_EQ(count_of(edition(), venue_of(0, 100)), 0);
}

TEST_F(EditionDecision, gives_a_row_to_a_venue_that_had_none) {
  auto venue = now_.venues[0];
  venue.venue = {200};
  venue.adults = {6};
  now_.venues.push_back(venue);
  auto cells = edition();
  EXPECT_EQ(count_of(cells, venue_of(0, 200)), 6);
  EXPECT_EQ(count_of(cells, uses_of(0)), 246);
  settled_.editions.push_back(cells);
  now_.venues.back().adults = {12};
  cells = edition(3);
  EXPECT_EQ(count_of(cells, venue_of(0, 200)), 12);
  EXPECT_EQ(count_of(cells, uses_of(0)), 252);
}

TEST_F(EditionDecision, leaves_persons_as_they_were_settled) {
  now_.cards.push_back({.office = {1},
                        .area = test::area_at(0),
                        .home = "100",
                        .home_area = test::area_at(0),
                        .registered = {70},
                        .taken = 30});
  EXPECT_THAT(edition(), IsEmpty());
}

TEST_F(EditionDecision, moves_nothing_where_a_table_of_uses_was_left_out) {
  settled_.left_out = {Table::uses_municipality};
  now_.venues[0].adults[3] += 50;
  auto const run = decide_edition({.year = 2026, .edition = 2}, settled_, now_);
  EXPECT_THAT(run.cells, IsEmpty());
  EXPECT_THAT(run.left_out, ::testing::ElementsAre(Table::uses_municipality));
}

}  // namespace
}  // namespace kaiku::reports
