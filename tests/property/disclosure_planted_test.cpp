// The attacker is worth something only if it finds what is left unprotected: outputs broken on
// purpose, each in the way of one mistake.
#include <gmock/gmock.h>

#include <array>

#include "tests/property/disclosure_attacker.hpp"
#include "tests/property/disclosure_networks.hpp"
#include "tests/support/disclosure_cells.hpp"

namespace kaiku::property {
namespace {

using contract::Sector;
using domain::Audience;
using domain::DeclaredSet;
using domain::Linking;
using domain::Publication;
using domain::Sign;
using ::testing::IsEmpty;
using ::testing::Not;

// All that is declared, told as shown but for the counts of 1–4.
DeclaredSet told_with_small_signs_alone(DeclaredSet set) {
  for (auto& cell : set.cells) {
    bool const is_small = domain::counts_few(cell.count);
    cell.publication = Publication::told;
    cell.told = cell.told_openly = {is_small ? Sign::small : Sign::shown, false};
  }
  return set;
}
std::vector<Disclosed> found_in(DeclaredSet const& told) {
  return DisclosureAttacker(told, Audience::in_charge).attack();
}
DeclaredSet told_by_rule(DeclaredSet set) {
  domain::test::tell(set, domain::control_disclosure(set));
  return set;
}

NetworkSize town() {
  return {.areas = 3,
          .municipalities = 5,
          .venues = 9,
          .offices = 5,
          .uses_a_venue = 50,
          .cards_an_office = 30};
}

// A settled year of uses, with or without what figures in tens had told when it was drawn.
DeclaredSet settled_year(int seed, bool heeds_tens) {
  std::mt19937_64 random(static_cast<std::uint64_t>(seed));
  auto const size = town();
  auto before = random_network(size, random);
  auto const year = year_after(before, size, random);
  auto const counts = use_counts(year);
  auto drawn = counts;
  for (auto& [key, cell] : drawn) {
    if (!heeds_tens) cell.running.reset();
  }
  YearOfRuns runs(Linking::uses, drawn, use_shares(year, counts), use_counts(before));
  runs.draw_all();
  auto told = runs.told();
  for (auto& cell : told.cells) cell.running = counts.at(cell.key).running;
  return told;
}

TEST(PlantedBug, suppression_that_forgets_figures_in_tens_is_found) {
  std::size_t found = 0;
  for (int seed = 0; seed < 20; ++seed) {
    found += found_in(settled_year(seed, false)).size();
    EXPECT_THAT(found_in(settled_year(seed, true)), IsEmpty()) << seed;
  }
  EXPECT_GT(found, 0u);
}

TEST(PlantedBug, a_small_whole_whose_parts_say_below_five_is_found) {
  // Four venues of one use each in a municipality of four: each sign is true, and together they
  // leave nothing open.
  auto set = domain::test::year_of(
      {{"A", {40, 40, 40, 40}}, {"B", {1, 1, 1, 1}}, {"C", {50, 50, 50, 50}}});
  std::erase_if(set.cells, [](auto const& cell) {
    return cell.key.table == domain::Table::uses_venue && cell.key.area.value == "B";
  });
  for (int venue = 11; venue <= 14; ++venue) {
    domain::test::put(set, domain::test::venue_uses("B", "B", venue, Sector::culture), 1);
  }
  for (auto const* area : {"A", "B", "C"}) {
    domain::test::cell_of(set, domain::test::area_uses(area)).last_settled = 100;
  }
  EXPECT_THAT(found_in(told_with_small_signs_alone(set)), Not(IsEmpty()));
  EXPECT_THAT(found_in(told_by_rule(set)), IsEmpty());
}

TEST(PlantedBug, a_bridge_between_two_circles_is_found) {
  // Municipalities × sectors: three of each circle's four are no help to the cell that joins them.
  constexpr std::array<std::array<std::int64_t, 4>, 4> venues{
      {{20, 21, 3, 0}, {22, 23, 0, 0}, {0, 0, 24, 25}, {0, 0, 26, 27}}};
  DeclaredSet set;
  std::array<std::int64_t, 4> sectors{};
  std::int64_t year = 0;
  for (std::size_t row = 0; row < 4; ++row) {
    auto const code = std::to_string(101 + row);
    std::int64_t sum = 0;
    for (std::size_t column = 0; column < 4; ++column) {
      auto const count = venues[row][column];
      auto const id = static_cast<int>(4 * row + column + 1);
      domain::test::put(
          set, domain::test::venue_uses("A", code.c_str(), id, static_cast<Sector>(column)), count);
      sectors[column] += count;
      sum += count;
    }
    domain::test::put(set, domain::test::municipality_uses("A", code.c_str()), sum);
    year += sum;
  }
  for (std::size_t column = 0; column < 4; ++column) {
    auto const sector = static_cast<Sector>(column);
    domain::test::put(set, domain::test::area_sector("A", sector), sectors[column]);
    domain::test::put(set, domain::test::network_sector(sector), sectors[column]);
  }
  for (auto const& period : {domain::Period{}, domain::test::quarter(1)}) {
    domain::test::put(set, domain::test::area_uses("A", period), year);
    domain::test::put(set, domain::test::network_uses(period), year);
  }
  domain::test::put(set, domain::test::network_uses(domain::test::month(1)), year);
  auto broken = told_with_small_signs_alone(set);
  for (auto& cell : broken.cells) {
    if (cell.key.venue && cell.count >= 5) cell.told = {Sign::complementary, false};
  }
  EXPECT_THAT(found_in(broken), Not(IsEmpty()));
  EXPECT_THAT(found_in(told_by_rule(set)), IsEmpty());
}

TEST(PlantedBug, open_data_with_the_signs_of_those_in_charge_is_found) {
  std::size_t found = 0;
  for (int seed = 0; seed < 20; ++seed) {
    auto told = settled_year(seed, true);
    EXPECT_THAT(DisclosureAttacker(told, Audience::everybody).attack_as_each(), IsEmpty()) << seed;
    for (auto& cell : told.cells) cell.told_openly = cell.told;
    found += DisclosureAttacker(told, Audience::everybody).attack_as_each().size();
  }
  EXPECT_GT(found, 0u);
}

}  // namespace
}  // namespace kaiku::property
