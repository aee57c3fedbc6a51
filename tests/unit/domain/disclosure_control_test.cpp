#include "server/domain/disclosure_control.hpp"

#include <gmock/gmock.h>

#include <set>

#include "tests/support/disclosure_cells.hpp"

namespace kaiku::domain {
namespace {

using contract::Sector;
using test::area_sector;
using test::area_uses;
using test::cell_of;
using test::decision_on;
using test::late_row;
using test::make_due;
using test::month;
using test::municipality_uses;
using test::network_sector;
using test::network_uses;
using test::put;
using test::quarter;
using test::tell;
using test::venue_uses;
using test::year_of;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Keys of the cells of a run that those in charge are not shown.
std::set<CellKey> withheld(DeclaredSet const& set, DisclosureControl const& control) {
  std::set<CellKey> keys;
  for (std::size_t at = 0; at < set.cells.size(); ++at) {
    auto const& decision = control.signs.in_charge.at(at);
    if (decision && decision->sign != Sign::shown) keys.insert(set.cells[at].key);
  }
  return keys;
}

// --- a year of three areas, one of them small in one quarter -------------------------------------

class SmallQuarter : public ::testing::Test {
 protected:
  SmallQuarter()
      : set_(
            year_of({{"A", {120, 98, 110, 115}}, {"B", {3, 11, 9, 12}}, {"C", {57, 64, 58, 62}}})) {
    for (auto& cell : set_.cells) cell.publication = Publication::later;
    cell_of(set_, area_uses("A")).last_settled = 420;
    cell_of(set_, area_uses("B")).last_settled = 44;
    cell_of(set_, area_uses("C")).last_settled = 200;
    cell_of(set_, area_uses("A", quarter(1))).last_settled = 104;
    cell_of(set_, area_uses("C", quarter(1))).last_settled = 49;
    cell_of(set_, area_uses("C", quarter(1))).running = {50, 77};  // months of 10, 20 and 20
  }
  std::set<CellKey> draw(int run) {
    make_due(set_, run);
    auto const control = control_disclosure(set_);
    EXPECT_FALSE(control.refused) << "run " << run;
    EXPECT_FALSE(control.refused_openly) << "run " << run;
    auto keys = withheld(set_, control);
    tell(set_, control);
    return keys;
  }
  DeclaredSet set_;
};

TEST_F(SmallQuarter, is_hidden_behind_the_area_that_was_smaller_the_year_before) {
  EXPECT_THAT(draw(1), ElementsAre(area_uses("B", quarter(1)), area_uses("C", quarter(1))));
  auto const& b = cell_of(set_, area_uses("B", quarter(1)));
  auto const& c = cell_of(set_, area_uses("C", quarter(1)));
  EXPECT_EQ(b.told, (Decision{Sign::small, false}));
  EXPECT_EQ(c.told, (Decision{Sign::complementary, false}));
  EXPECT_EQ(bounds_of(c, c.told, Audience::in_charge), (Bounds{50, 77})) << "7 down, 20 up";
}

TEST_F(SmallQuarter, can_be_any_of_four_counts_when_the_year_is_settled) {
  auto const known = draw(1);
  auto all = draw(2);
  all.insert(known.begin(), known.end());
  EXPECT_THAT(all, ElementsAre(area_uses("B", quarter(1)), area_uses("C", quarter(1)),
                               area_uses("B", quarter(2)), area_uses("C", quarter(2))));
  EXPECT_EQ(draw(3), all) << "the third quarter is shown whole";
  EXPECT_EQ(draw(4), all) << "the fourth, the year and everything below it too";
  auto const shown = [&](CellKey const& key) {
    EXPECT_EQ(cell_of(set_, key).told.sign, Sign::shown);
    return cell_of(set_, key).count;
  };
  auto const first = shown(network_uses(quarter(1))) - shown(area_uses("A", quarter(1)));
  auto const second = shown(network_uses(quarter(2))) - shown(area_uses("A", quarter(2)));
  auto const of_b =
      shown(area_uses("B")) - shown(area_uses("B", quarter(3))) - shown(area_uses("B", quarter(4)));
  auto const of_c =
      shown(area_uses("C")) - shown(area_uses("C", quarter(3))) - shown(area_uses("C", quarter(4)));
  EXPECT_THAT((std::vector{first, second, of_b, of_c}), ElementsAre(60, 75, 14, 121));
  std::vector<std::int64_t> possible;
  for (std::int64_t b = 1; b <= 4; ++b) {
    auto const c = first - b;
    auto const b2 = of_b - b;
    auto const c2 = second - b2;
    if (c >= 50 && c <= 77 && b2 >= 5 && c2 >= 5 && c + c2 == of_c) possible.push_back(b);
  }
  EXPECT_THAT(possible, ElementsAre(1, 2, 3, 4));
}

// --- single steps --------------------------------------------------------------------------------

CellKey part(char const* area) {
  return {.table = Table::beside, .area = {area}, .measure = Measure::part};
}
CellKey whole() { return {.table = Table::beside, .measure = Measure::whole}; }
CellKey cards(Measure measure, char const* area = "", int office = 0) {
  Table const table = office != 0    ? Table::cards_office
                      : area[0] != 0 ? Table::cards_area
                                     : Table::cards_network;
  return {.table = table, .area = {area}, .office = {office}, .measure = measure};
}
CellKey home(Measure measure, char const* area, char const* code) {
  return {.table = Table::cards_home, .area = {area}, .municipality = code, .measure = measure};
}

DeclaredSet one_level(std::vector<std::pair<char const*, std::int64_t>> const& parts) {
  DeclaredSet set{.linking = Linking::one_level, .cells = {}};
  std::int64_t sum = 0;
  for (auto const& [area, count] : parts) {
    put(set, part(area), count);
    sum += count;
  }
  put(set, whole(), sum);
  return set;
}

std::optional<Decision> in_charge(DeclaredSet const& set, CellKey const& key) {
  return decision_on(set, control_disclosure(set).signs.in_charge, key);
}
std::optional<Decision> openly(DeclaredSet const& set, CellKey const& key) {
  return decision_on(set, control_disclosure(set).signs.openly, key);
}

constexpr Decision shown{Sign::shown, false};
constexpr Decision small{Sign::small, false};
constexpr Decision complementary{Sign::complementary, false};
constexpr Decision undivided{Sign::complementary, true};

TEST(DisclosureControl, shows_everything_where_nothing_is_small) {
  auto const set = one_level({{"A", 5}, {"B", 0}, {"C", 700}});
  EXPECT_THAT(withheld(set, control_disclosure(set)), IsEmpty());
}

TEST(DisclosureControl, hides_a_small_part_behind_another_and_not_behind_zeros_or_the_whole) {
  auto const set = one_level({{"A", 30}, {"B", 2}, {"C", 0}, {"D", 12}});
  EXPECT_EQ(in_charge(set, part("B")), small);
  EXPECT_EQ(in_charge(set, part("A")), complementary) << "equal a year before: by number";
  EXPECT_EQ(in_charge(set, part("C")), shown);
  EXPECT_EQ(in_charge(set, part("D")), shown);
  EXPECT_EQ(in_charge(set, whole()), shown);
}

TEST(DisclosureControl, chooses_by_last_year_and_not_by_this) {
  auto set = one_level({{"A", 30}, {"B", 2}, {"D", 1200}});
  cell_of(set, part("A")).last_settled = 50;
  cell_of(set, part("D")).last_settled = 40;
  EXPECT_EQ(in_charge(set, part("D")), complementary);
  EXPECT_EQ(in_charge(set, part("A")), shown);
}

TEST(DisclosureControl, takes_the_whole_when_no_part_can_move) {
  auto const set = one_level({{"A", 0}, {"B", 2}});
  EXPECT_EQ(in_charge(set, part("B")), undivided) << "the whole is as small";
  EXPECT_EQ(in_charge(set, part("A")), undivided) << "a zero among them would divide it";
  EXPECT_EQ(in_charge(set, whole()), small);
}

TEST(DisclosureControl, divides_no_small_year_of_an_area_by_municipality_venue_or_sector) {
  auto set = year_of({{"A", {30, 30, 30, 30}}, {"B", {0, 2, 1, 0}}, {"C", {40, 40, 40, 40}}});
  put(set, municipality_uses("B", "BB"), 0);
  put(set, venue_uses("B", "BB", 9, Sector::science), 0);
  put(set, area_sector("B", Sector::science), 0);
  put(set, network_sector(Sector::science), 0);
  EXPECT_EQ(in_charge(set, area_uses("B")), small);
  for (auto const& key :
       {municipality_uses("B", "B"), municipality_uses("B", "BB"),
        venue_uses("B", "B", 2, Sector::culture), venue_uses("B", "BB", 9, Sector::science),
        area_sector("B", Sector::culture), area_sector("B", Sector::science),
        area_uses("B", quarter(1)), area_uses("B", quarter(2))}) {
    EXPECT_EQ(in_charge(set, key), undivided);
  }
}

TEST(DisclosureControl, has_no_quarters_of_an_area_that_had_little_the_year_before) {
  auto set = year_of({{"A", {60, 60, 60, 60}}, {"B", {50, 50, 50, 50}}, {"C", {9, 40, 40, 40}}});
  cell_of(set, area_uses("A")).last_settled = 40;
  cell_of(set, area_uses("B")).last_settled = 39;
  EXPECT_EQ(in_charge(set, area_uses("A", quarter(1))), shown);
  EXPECT_EQ(in_charge(set, area_uses("B", quarter(1))), undivided);
  EXPECT_EQ(in_charge(set, area_uses("B", late_row)), undivided);
  EXPECT_EQ(in_charge(set, area_uses("C", quarter(1))), undivided) << "no such year";
  EXPECT_EQ(in_charge(set, area_uses("B")), shown) << "the year is";
}

TEST(DisclosureControl, lets_a_small_count_be_anything_when_its_neighbours_are_as_tight) {
  // Five of one each: all would say 1–4, and their sum that they are ones.
  auto set = one_level({{"A", 1}, {"B", 1}, {"C", 1}, {"D", 1}, {"E", 1}});
  EXPECT_EQ(in_charge(set, part("A")), small);
  EXPECT_EQ(in_charge(set, whole()), complementary);
  cell_of(set, whole()).publication = Publication::told;
  EXPECT_FALSE(control_disclosure(set).refused);
  EXPECT_EQ(in_charge(set, part("A")), undivided);
  EXPECT_EQ(in_charge(set, part("E")), undivided);
}

TEST(DisclosureControl, refuses_what_it_cannot_hide) {
  auto set = one_level({{"A", 0}, {"B", 7}, {"C", 3}});
  tell(set, control_disclosure(set));
  for (auto& cell : set.cells) cell.told = cell.told_openly = {};
  auto& c = cell_of(set, part("C"));
  c.publication = Publication::now;
  auto const control = control_disclosure(set);
  ASSERT_TRUE(control.refused) << "whole and other parts were told";
  EXPECT_EQ(control.refused->why, Refusal::Why::unprotected);
  EXPECT_EQ(control.refused->cell, c.key);
}

// Without it nobody would be found to hold a part of a whole that has a label.
TEST(DisclosureControl, takes_a_part_for_one_of_the_whole_with_its_label) {
  auto key = part("A");
  key.label = "interpreters";
  auto above = whole();
  above.label = "interpreters";
  EXPECT_THAT(cells_that_hold(key), ElementsAre(above));
}

TEST(DisclosureControl, moves_nothing_that_was_told) {
  auto set = one_level({{"A", 30}, {"B", 20}, {"C", 10}, {"D", 3}});
  auto& first = cell_of(set, part("A"));
  first.publication = Publication::told;
  EXPECT_EQ(in_charge(set, part("A")), shown);
  EXPECT_EQ(in_charge(set, part("B")), complementary);
}

TEST(DisclosureControl, decides_nothing_of_later_periods_and_of_tables_left_out) {
  auto set = year_of({{"A", {60, 60, 60, 60}}, {"B", {3, 50, 50, 50}}, {"C", {40, 40, 40, 40}}});
  for (auto& cell : set.cells) {
    cell.publication = Publication::later;
    cell.last_settled = 100;
    if (cell.key.table == Table::uses_venue) cell.publication = Publication::never;
  }
  make_due(set, 1);
  auto& told = cell_of(set, area_uses("A", quarter(1)));
  told.publication = Publication::told;
  told.told = complementary;
  told.told_openly = undivided;
  auto const control = control_disclosure(set);
  ASSERT_FALSE(control.refused);
  for (std::size_t at = 0; at < set.cells.size(); ++at) {
    auto const& cell = set.cells[at];
    bool const is_published =
        cell.publication == Publication::now || cell.publication == Publication::told;
    EXPECT_EQ(control.signs.in_charge.at(at).has_value(), is_published);
    EXPECT_EQ(control.signs.openly.at(at).has_value(), is_published);
  }
  EXPECT_EQ(in_charge(set, told.key), complementary) << "as it was told";
  EXPECT_EQ(openly(set, told.key), undivided);
  EXPECT_EQ(in_charge(set, area_uses("B", quarter(1))), small);
  EXPECT_EQ(in_charge(set, area_uses("B", quarter(2))), std::nullopt) << "it is not over";
  EXPECT_EQ(openly(set, area_uses("B")), std::nullopt);
  EXPECT_EQ(in_charge(set, venue_uses("B", "B", 2, Sector::culture)), std::nullopt)
      << "its table was left out";
}

TEST(DisclosureControl, refuses_counts_that_do_not_add_up) {
  auto set = one_level({{"A", 30}, {"B", 20}});
  cell_of(set, whole()).count = 51;
  auto const control = control_disclosure(set);
  ASSERT_TRUE(control.refused);
  EXPECT_EQ(control.refused->why, Refusal::Why::unbalanced);
}

TEST(DisclosureControl, throws_at_a_set_that_is_none) {
  auto twice = one_level({{"A", 30}, {"A", 20}});
  EXPECT_THROW(control_disclosure(twice), std::invalid_argument);
  auto mixed = year_of({{"A", {9, 9, 9, 9}}});
  put(mixed, part("A"), 3);
  EXPECT_THROW(control_disclosure(mixed), std::invalid_argument);
}

TEST(DisclosureControl, hides_taken_into_use_behind_what_was_not) {
  DeclaredSet set{.linking = Linking::cards, .cells = {}};
  struct Counts {
    std::int64_t taken;
    std::int64_t not_taken;
  };
  Counts all{};
  for (auto const& [area, office, counts] :
       {std::tuple{"A", 1, Counts{3, 40}}, std::tuple{"A", 2, Counts{20, 50}},
        std::tuple{"B", 3, Counts{30, 60}}}) {
    for (auto const& [measure, count] :
         {std::pair{Measure::registered, counts.taken + counts.not_taken},
          std::pair{Measure::taken, counts.taken},
          std::pair{Measure::not_taken, counts.not_taken}}) {
      put(set, cards(measure, area, office), count);
      put(set, home(measure, area, office == 1 ? "101" : office == 2 ? "102" : "103"), count);
    }
    all.taken += counts.taken;
    all.not_taken += counts.not_taken;
  }
  put(set, cards(Measure::taken, "A"), 23);
  put(set, cards(Measure::not_taken, "A"), 90);
  put(set, cards(Measure::taken, "B"), 30);
  put(set, cards(Measure::not_taken, "B"), 60);
  put(set, cards(Measure::taken), all.taken);
  put(set, cards(Measure::not_taken), all.not_taken);
  for (auto const& [area, count] : {std::pair{"A", 113}, std::pair{"B", 90}}) {
    put(set, cards(Measure::registered, area), count);
    auto first = cards(Measure::registered, area);
    first.period = quarter(1);
    put(set, first, count);
  }
  for (auto const& period : {Period{}, quarter(1), month(1)}) {
    auto key = cards(Measure::registered);
    key.period = period;
    put(set, key, 203);
  }
  for (auto& cell : set.cells) cell.last_settled = cell.count;
  EXPECT_FALSE(control_disclosure(set).refused);
  EXPECT_EQ(in_charge(set, cards(Measure::taken, "A", 1)), small);
  EXPECT_EQ(in_charge(set, cards(Measure::not_taken, "A", 1)), complementary)
      << "registered less taken";
  EXPECT_EQ(in_charge(set, cards(Measure::taken, "A", 2)), complementary);
  EXPECT_EQ(in_charge(set, cards(Measure::not_taken, "A", 2)), complementary);
  EXPECT_EQ(in_charge(set, cards(Measure::registered, "A", 1)), shown);
  EXPECT_EQ(in_charge(set, cards(Measure::taken, "A")), shown);
  EXPECT_EQ(in_charge(set, home(Measure::taken, "A", "101")), small);
}

TEST(DisclosureControl, hides_a_band_of_an_area_behind_other_bands_and_other_areas) {
  auto const band = [](char const* area, char const* label) {
    return CellKey{
        .table = Table::background, .area = {area}, .measure = Measure::part, .label = label};
  };
  auto const registered = [](char const* area) {
    return CellKey{.table = Table::background, .area = {area}, .measure = Measure::whole};
  };
  DeclaredSet set{.linking = Linking::background, .cells = {}};
  for (auto const& [area, young, old] :
       {std::tuple{"A", 3, 120}, std::tuple{"B", 40, 130}, std::tuple{"C", 50, 140}}) {
    put(set, band(area, "16-17"), young);
    put(set, band(area, "65+"), old);
    put(set, registered(area), young + old, Publication::told);
  }
  put(set, band("", "16-17"), 93);
  put(set, band("", "65+"), 390);
  put(set, registered(""), 483, Publication::told);
  EXPECT_FALSE(control_disclosure(set).refused);
  EXPECT_EQ(in_charge(set, band("A", "16-17")), small);
  EXPECT_EQ(in_charge(set, band("A", "65+")), complementary) << "registered less the others";
  EXPECT_EQ(in_charge(set, band("B", "16-17")), complementary) << "the network less the others";
  EXPECT_EQ(in_charge(set, band("B", "65+")), complementary);
  EXPECT_EQ(in_charge(set, band("C", "16-17")), shown);
  EXPECT_EQ(in_charge(set, band("", "16-17")), shown);
}

TEST(DisclosureControl, hides_a_late_row_that_no_quarter_took_up) {
  auto set = year_of({{"A", {60, 60, 60, 60}}, {"B", {60, 60, 60, 2}}, {"C", {50, 50, 50, 50}}});
  for (auto const* area : {"A", "B", "C"}) cell_of(set, area_uses(area)).last_settled = 100;
  auto& late = cell_of(set, area_uses("B", late_row));
  late.count = -3;
  late.late_withheld = true;
  cell_of(set, network_uses(late_row)).count = -3;
  for (auto const& key :
       {area_uses("B"), municipality_uses("B", "B"), venue_uses("B", "B", 2, Sector::culture),
        area_sector("B", Sector::culture), network_uses(), network_sector(Sector::culture)}) {
    cell_of(set, key).count -= 3;
  }
  EXPECT_FALSE(control_disclosure(set).refused);
  EXPECT_EQ(in_charge(set, area_uses("B", late_row)), undivided);
  EXPECT_EQ(in_charge(set, network_uses(late_row)), undivided) << "or it would be that row";
  EXPECT_EQ(in_charge(set, area_uses("A", late_row)), shown) << "nothing was late";
}

// --- open data -----------------------------------------------------------------------------------

TEST(DisclosureControl, leaves_no_venue_1_to_4_when_it_subtracts_its_own_from_open_data) {
  auto set = year_of({{"A", {90, 90, 90, 90}}, {"B", {80, 80, 80, 80}}, {"C", {70, 70, 70, 70}}});
  // A second venue in A's municipality, three uses beside the other's 360.
  for (auto const& key :
       {municipality_uses("A", "A"), area_uses("A"), area_sector("A", Sector::culture),
        network_uses(), network_sector(Sector::culture), network_uses(quarter(4)),
        network_uses(month(12)), area_uses("A", quarter(4))}) {
    cell_of(set, key).count += 6;
  }
  put(set, venue_uses("A", "A", 7, Sector::culture), 3);
  put(set, venue_uses("A", "A", 8, Sector::culture), 3);
  put(set, municipality_uses("A", "AA"), 50);
  put(set, venue_uses("A", "AA", 9, Sector::culture), 50);
  for (auto const& key : {area_uses("A"), area_sector("A", Sector::culture), network_uses(),
                          network_sector(Sector::culture), network_uses(quarter(4)),
                          network_uses(month(12)), area_uses("A", quarter(4))}) {
    cell_of(set, key).count += 50;
  }
  // 360 + 3 + 3: six are left beside the large one, three beside neither small one.
  EXPECT_EQ(openly(set, municipality_uses("A", "A")), shown);
  cell_of(set, venue_uses("A", "A", 7, Sector::culture)).count = 0;
  for (auto const& key :
       {municipality_uses("A", "A"), area_uses("A"), area_sector("A", Sector::culture),
        network_uses(), network_sector(Sector::culture), network_uses(quarter(4)),
        network_uses(month(12)), area_uses("A", quarter(4))}) {
    cell_of(set, key).count -= 3;
  }
  EXPECT_FALSE(control_disclosure(set).refused_openly);
  EXPECT_EQ(in_charge(set, municipality_uses("A", "A")), shown);
  EXPECT_EQ(openly(set, municipality_uses("A", "A")), complementary) << "363 − 360";
  EXPECT_EQ(openly(set, municipality_uses("A", "AA")), complementary) << "for its sake";
}

TEST(DisclosureControl, counts_what_a_venue_is_said_to_know_beside_its_rows) {
  auto set = year_of({{"A", {90, 90, 90, 90}}, {"B", {80, 80, 80, 80}}});
  EXPECT_EQ(openly(set, network_uses(month(1))), shown);
  auto const count = cell_of(set, network_uses(month(1))).count;
  set.shares.push_back({{.venue = {1}}, network_uses(month(1)), count - 2});
  EXPECT_EQ(openly(set, network_uses(month(1))), complementary);
  EXPECT_EQ(in_charge(set, network_uses(month(1))), shown);
}

TEST(DisclosureControl, is_the_same_for_any_order_of_cells) {
  auto set = year_of({{"A", {60, 3, 60, 60}}, {"B", {2, 50, 50, 50}}, {"C", {9, 40, 40, 40}}});
  for (auto& cell : set.cells) {
    if (cell.key.table == Table::uses_area && cell.key.period == Period{}) cell.last_settled = 90;
  }
  auto const before = control_disclosure(set);
  auto turned = set;
  std::ranges::reverse(turned.cells);
  auto const after = control_disclosure(turned);
  for (auto const& cell : set.cells) {
    EXPECT_EQ(decision_on(set, before.signs.in_charge, cell.key),
              decision_on(turned, after.signs.in_charge, cell.key));
    EXPECT_EQ(decision_on(set, before.signs.openly, cell.key),
              decision_on(turned, after.signs.openly, cell.key));
  }
}

}  // namespace
}  // namespace kaiku::domain
