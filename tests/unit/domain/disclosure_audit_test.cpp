#include "server/domain/disclosure_audit.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tests/support/disclosure_cells.hpp"

namespace kaiku::domain {
namespace {

using contract::Sector;

// Municipalities × sectors of one area, as venues: rows of four.
DeclaredSet grid(std::vector<std::array<std::int64_t, 4>> const& rows) {
  DeclaredSet set;
  std::array<std::int64_t, 4> sectors{};
  std::int64_t year = 0;
  int venue = 0;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    auto const code = std::to_string(101 + row);
    std::int64_t sum = 0;
    for (std::size_t column = 0; column < 4; ++column) {
      auto const count = rows[row][column];
      test::put(set, test::venue_uses("A", code.c_str(), ++venue, static_cast<Sector>(column)),
                count);
      sectors[column] += count;
      sum += count;
    }
    test::put(set, test::municipality_uses("A", code.c_str()), sum);
    year += sum;
  }
  for (std::size_t column = 0; column < 4; ++column) {
    auto const sector = static_cast<Sector>(column);
    test::put(set, test::area_sector("A", sector), sectors[column]);
    test::put(set, test::network_sector(sector), sectors[column]);
  }
  for (auto const& period : {Period{}, test::quarter(1)}) {
    test::put(set, test::area_uses("A", period), year);
    test::put(set, test::network_uses(period), year);
  }
  test::put(set, test::network_uses(test::month(1)), year);
  return set;
}

// Signs by number, all shown but for some venues.
Signs signs_with(Circulation const& circulation, std::map<int, Decision> const& venues) {
  Signs signs;
  for (auto const& cell : circulation.cells) {
    auto const found = venues.find(static_cast<int>(cell.key.venue.value));
    signs.in_charge.push_back(found == venues.end() ? Decision{} : found->second);
  }
  signs.openly = signs.in_charge;
  return signs;
}

constexpr Decision small{Sign::small, false};
constexpr Decision complementary{Sign::complementary, false};

TEST(DisclosureAudit, passes_a_small_count_on_a_circle) {
  auto const set = grid({{3, 20, 0, 0}, {30, 40, 0, 0}});
  auto const circulation = circulation_of(set);
  auto const signs = signs_with(
      circulation, {{1, small}, {2, complementary}, {5, complementary}, {6, complementary}});
  EXPECT_FALSE(audit_for_those_in_charge(circulation, signs));
}

TEST(DisclosureAudit, finds_a_small_count_alone_in_its_row) {
  auto const set = grid({{3, 20, 0, 0}, {30, 40, 0, 0}});
  auto const circulation = circulation_of(set);
  auto const signs = signs_with(circulation, {{1, small}, {5, complementary}, {6, complementary}});
  auto const found = audit_for_those_in_charge(circulation, signs);
  ASSERT_TRUE(found);
  EXPECT_EQ(circulation.cells[static_cast<std::size_t>(found->cell)].key.venue, VenueId{1});
  EXPECT_EQ(found->values, 1);
}

// Each row and column of the small cell has others withheld, and yet it is the one bridge between
// two circles: what flows over it is known.
TEST(DisclosureAudit, finds_a_small_count_that_joins_two_circles) {
  auto const set = grid({{20, 21, 3, 0}, {22, 23, 0, 0}, {0, 0, 24, 25}, {0, 0, 26, 27}});
  auto const circulation = circulation_of(set);
  std::map<int, Decision> venues{{3, small}};
  for (int const venue : {1, 2, 5, 6, 11, 12, 15, 16}) venues[venue] = complementary;
  auto const found = audit_for_those_in_charge(circulation, signs_with(circulation, venues));
  ASSERT_TRUE(found);
  EXPECT_EQ(circulation.cells[static_cast<std::size_t>(found->cell)].key.venue, VenueId{3});
  EXPECT_EQ(found->values, 1);
  auto const control = control_disclosure(set);
  EXPECT_FALSE(control.refused) << "what is withheld by rule has no such bridge";
}

TEST(DisclosureAudit, finds_a_circle_that_is_too_tight) {
  auto const set = grid({{2, 5, 0, 0}, {5, 3, 0, 0}});
  auto const circulation = circulation_of(set);
  auto const signs =
      signs_with(circulation, {{1, small}, {2, complementary}, {5, complementary}, {6, small}});
  auto const found = audit_for_those_in_charge(circulation, signs);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->values, 2) << "one or two: neither neighbour can be less than five";
}

TEST(DisclosureAudit, finds_a_sign_that_is_not_true) {
  auto const set = grid({{30, 50, 0, 0}, {50, 40, 0, 0}});
  auto const circulation = circulation_of(set);
  auto const found = audit_for_those_in_charge(circulation, signs_with(circulation, {{1, small}}));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->values, 0) << "thirty is not below five";
}

TEST(DisclosureAudit, finds_what_a_venue_can_subtract) {
  auto const set = grid({{30, 0, 0, 4}, {50, 40, 0, 30}, {50, 40, 0, 30}});
  auto const circulation = circulation_of(set);
  auto const signs = signs_with(circulation, {});
  auto const contributors =
      contributors_of(circulation, {}, std::vector<bool>(circulation.cells.size()));
  auto const found = audit_for_everybody(circulation, signs, contributors);
  ASSERT_TRUE(found) << "34 in the municipality, 30 of them the venue's own";
  ASSERT_NE(found->insider, Contributor::nobody);
  EXPECT_EQ(contributors.all[static_cast<std::size_t>(found->insider)].venue, VenueId{1});
}

}  // namespace
}  // namespace kaiku::domain
