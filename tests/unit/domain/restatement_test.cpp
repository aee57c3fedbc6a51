#include "server/domain/restatement.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <tuple>
#include <utility>

#include "tests/support/disclosure_cells.hpp"

namespace kaiku::domain {
namespace {

using contract::Sector;
using test::area_sector;
using test::area_uses;
using test::cell_of;
using test::late_row;
using test::municipality_uses;
using test::network_sector;
using test::network_uses;
using test::quarter;
using test::venue_uses;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(LateChange, has_a_row_of_its_own_from_five_on) {
  EXPECT_EQ(settle_late_change(100, 5), (LateChange{100, 5, false}));
  EXPECT_EQ(settle_late_change(100, -5), (LateChange{100, -5, false}));
}
TEST(LateChange, below_five_is_counted_in_the_last_quarter) {
  EXPECT_EQ(settle_late_change(100, 4), (LateChange{104, 0, false}));
  EXPECT_EQ(settle_late_change(100, -4), (LateChange{96, 0, false}));
  EXPECT_EQ(settle_late_change(4, -4), (LateChange{0, 0, false}));
  EXPECT_EQ(settle_late_change(100, 0), (LateChange{100, 0, false}));
}
TEST(LateChange, that_no_quarter_can_take_up_is_withheld) {
  EXPECT_EQ(settle_late_change(2, -3), (LateChange{2, -3, true}));
}

TEST(LastMonths, take_up_in_december_what_the_areas_last_quarters_did) {
  EXPECT_THAT(settle_last_months({10, 10, 10}, 7), ElementsAre(10, 10, 17));
  EXPECT_THAT(settle_last_months({10, 10, 10}, -7), ElementsAre(10, 10, 3));
  EXPECT_THAT(settle_last_months({5, 1, 0}, -3), ElementsAre(3, 0, 0)) << "no month below zero";
  EXPECT_THROW(settle_last_months({1, 1, 0}, -3), std::invalid_argument);
}

// --- editions ------------------------------------------------------------------------------------

class SettledYear : public ::testing::Test {
 protected:
  SettledYear()
      : set_(test::year_of(
            {{"A", {120, 98, 110, 115}}, {"B", {2, 2, 2, 1}}, {"C", {57, 64, 58, 62}}})) {
    auto const control = control_disclosure(set_);
    EXPECT_FALSE(control.refused);
    test::tell(set_, control);
  }
  static CellKey venue(char const* area, int number) {
    return venue_uses(area, area, number, Sector::culture);
  }
  bool enters(CellKey const& key, std::int64_t net) {
    return next_edition(set_, {{key, net}}).entered.at(0);
  }
  static std::int64_t count_in(DeclaredSet const& set, CellKey const& key) {
    auto copy = set;
    return cell_of(copy, key).count;
  }
  DeclaredSet set_;
};

TEST_F(SettledYear, moves_with_the_fifth_and_not_before) {
  EXPECT_FALSE(enters(venue("A", 1), 4));
  EXPECT_FALSE(enters(venue("A", 1), -4));
  EXPECT_TRUE(enters(venue("A", 1), 5));
  auto after = set_;
  after.cells = next_edition(set_, {{venue("A", 1), 5}}).cells;
  for (auto const& key :
       {venue("A", 1), municipality_uses("A", "A"), area_uses("A"),
        area_sector("A", Sector::culture), network_uses(), network_sector(Sector::culture)}) {
    EXPECT_EQ(count_in(after, key), count_in(set_, key) + 5);
  }
  EXPECT_EQ(count_in(after, area_uses("A", late_row)), 5) << "quarters stand as they were told";
  EXPECT_EQ(count_in(after, network_uses(late_row)), 5);
  EXPECT_EQ(count_in(after, area_uses("A", quarter(4))), 115);
  EXPECT_EQ(count_in(after, area_uses("C")), 241);
}

TEST_F(SettledYear, stands_when_a_count_of_1_to_4_would_come_of_it) {
  EXPECT_FALSE(enters(venue("B", 2), -5)) << "two would be left of seven";
  EXPECT_TRUE(enters(venue("B", 2), -7)) << "nothing would";
  EXPECT_FALSE(enters(venue("A", 1), -440)) << "three";
}

TEST_F(SettledYear, differs_from_no_edition_by_1_to_4) {
  set_.cells = next_edition(set_, {{venue("A", 1), 7}}).cells;
  EXPECT_FALSE(enters(venue("A", 1), -5)) << "two more than the settlement";
  EXPECT_TRUE(enters(venue("A", 1), -7)) << "the settlement's again";
  EXPECT_TRUE(enters(venue("A", 1), 5));
  EXPECT_FALSE(enters(venue("C", 3), -5)) << "the network would differ by two";
}

TEST_F(SettledYear, is_left_by_an_edition_as_each_moved_cell_says) {
  auto const edition = next_edition(set_, {{venue("A", 1), 7}, {venue("B", 2), 8}});
  ASSERT_THAT(edition.entered, ElementsAre(true, true));
  for (std::size_t at = 0; at < set_.cells.size(); ++at) {
    auto const& after = edition.cells[at];
    if (after.count == set_.cells[at].count) continue;
    auto const moved = moved_to(set_.cells[at], after.count);
    EXPECT_EQ(moved.known_before, after.known_before);
    EXPECT_EQ(moved.earlier_counts, after.earlier_counts);
    EXPECT_EQ(moved.told, after.told);
    EXPECT_EQ(moved.told_openly, after.told_openly);
  }
}

// Cells that both show and that differ by 1–4.
std::vector<CellKey> moved_by_few(DeclaredSet const& before, DeclaredSet const& after) {
  std::vector<CellKey> found;
  for (std::size_t at = 0; at < before.cells.size(); ++at) {
    bool const is_shown =
        before.cells[at].told.sign == Sign::shown && after.cells[at].told.sign == Sign::shown;
    auto const change = std::abs(after.cells[at].count - before.cells[at].count);
    if (is_shown && counts_few(change)) found.push_back(before.cells[at].key);
  }
  return found;
}

TEST_F(SettledYear, moves_no_shown_cell_by_1_to_4) {
  auto settled =
      test::year_of({{"A", {40, 40, 40, 40}}, {"B", {60, 60, 60, 60}}, {"C", {50, 50, 50, 50}}});
  test::tell(settled, control_disclosure(settled));
  auto by_three = settled;
  cell_of(by_three, venue("A", 1)).count += 3;
  for (auto const& key : cells_that_hold(venue("A", 1))) cell_of(by_three, key).count += 3;
  ASSERT_THAT(moved_by_few(settled, by_three), Not(IsEmpty())) << "that is what is looked for";
  for (auto const& [net, enters] : {std::pair{3, false}, std::pair{8, true}}) {
    auto const edition = next_edition(settled, {{venue("A", 1), net}});
    EXPECT_THAT(edition.entered, ElementsAre(enters)) << net;
    auto after = settled;
    after.cells = edition.cells;
    EXPECT_THAT(moved_by_few(settled, after), IsEmpty()) << net;
    EXPECT_EQ(count_in(after, network_uses()),
              count_in(settled, network_uses()) + (enters ? 8 : 0));
  }
}

TEST_F(SettledYear, takes_batches_by_key_so_that_their_order_does_not_matter) {
  std::vector<Batch> const batches{{venue("C", 3), -5}, {venue("A", 1), 7}};
  auto const edition = next_edition(set_, batches);
  EXPECT_THAT(edition.entered, ElementsAre(false, true)) << "both would move the network by two";
  auto const turned = next_edition(set_, {batches[1], batches[0]});
  EXPECT_THAT(turned.entered, ElementsAre(true, false));
}

TEST_F(SettledYear, keeps_a_withheld_cell_withheld_and_says_below_five_no_longer) {
  auto set =
      test::year_of({{"A", {120, 98, 110, 115}}, {"B", {1, 1, 1, 0}}, {"C", {57, 64, 58, 62}}});
  test::tell(set, control_disclosure(set));
  ASSERT_EQ(cell_of(set, area_uses("B")).told.sign, Sign::small);
  auto const edition = next_edition(set, {{venue("B", 2), 6}});
  ASSERT_TRUE(edition.entered.at(0));
  set.cells = edition.cells;
  auto const& cell = cell_of(set, area_uses("B"));
  EXPECT_EQ(cell.count, 9);
  EXPECT_EQ(cell.told.sign, Sign::complementary);
  EXPECT_EQ(cell.known_before, (Bounds{7, 10})) << "whoever knows of the six knows 1–4 before them";
  EXPECT_TRUE(is_sensitive(cell)) << "the three of the settlement are no less to be hidden";
}

TEST_F(SettledYear, throws_at_a_venue_that_it_does_not_have) {
  EXPECT_THROW(enters(venue("D", 4), 9), std::invalid_argument);
}

// --- the audit -----------------------------------------------------------------------------------

// C is the small cell's only neighbour, and ten has nothing to give but five.
class OneNeighbour : public SettledYear {
 protected:
  OneNeighbour() {
    set_ = test::year_of({{"A", {500, 500, 500, 500}},
                          {"B", {2, 0, 0, 0}},
                          {"C", {5, 5, 0, 0}},
                          {"D", {400, 400, 400, 400}}});
    for (auto const* area : {"B", "C"}) cell_of(set_, area_uses(area)).last_settled = 100;
    for (auto const* area : {"A", "D"}) cell_of(set_, area_uses(area)).last_settled = 2000;
    for (auto const& key : {area_uses("C"), municipality_uses("C", "C"), venue("C", 3),
                            area_sector("C", Sector::culture)}) {
      cell_of(set_, key).last_settled = 10;
    }
    auto const control = control_disclosure(set_);
    EXPECT_FALSE(control.refused);
    test::tell(set_, control);
    EXPECT_EQ(cell_of(set_, venue("C", 3)).told.sign, Sign::complementary);
  }
};

TEST_F(OneNeighbour, lets_a_batch_wait_that_the_audit_does_not_pass) {
  EXPECT_FALSE(enters(venue("C", 3), -5))
      << "ten could be nine before; five can be no less than five now";
  EXPECT_TRUE(enters(venue("C", 3), 50));
}

auto members_of(DeclaredCell const& cell) {
  return std::tie(cell.key, cell.count, cell.told, cell.told_openly, cell.running,
                  cell.known_before, cell.earlier_counts);
}

TEST_F(OneNeighbour, leaves_no_trace_of_a_batch_that_waits_between_others_that_enter) {
  Batch const first{venue("A", 1), 50};
  Batch const waiting{venue("C", 3), -5};
  Batch const last{venue("D", 4), 7};
  auto const edition = next_edition(set_, {first, waiting, last});
  EXPECT_THAT(edition.entered, ElementsAre(true, false, true));
  auto const without = next_edition(set_, {first, last});
  EXPECT_THAT(without.entered, ElementsAre(true, true));
  for (std::size_t at = 0; at < set_.cells.size(); ++at) {
    EXPECT_EQ(members_of(edition.cells[at]), members_of(without.cells[at]));
  }
  set_.cells = edition.cells;
  EXPECT_EQ(cell_of(set_, venue("C", 3)).count, 10);
  EXPECT_EQ(cell_of(set_, area_uses("D")).count, 1607);
  EXPECT_EQ(cell_of(set_, network_uses()).count, 3612 + 57);
}

}  // namespace
}  // namespace kaiku::domain
