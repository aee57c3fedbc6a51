#include "server/tables/report_runs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "server/domain/declared_words.hpp"
#include "tests/support/card_office.hpp"
#include "tests/support/disclosure_cells.hpp"

namespace kaiku::tables {
namespace {

using domain::CellKey;
using domain::Decision;
using domain::RunName;
using domain::Sign;
using domain::test::area_uses;
using domain::test::network_uses;
using domain::test::quarter;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;

constexpr Decision shown{};
constexpr Decision small{.sign = Sign::small};
constexpr Decision withheld{.sign = Sign::complementary, .any_count = true};

KeptCell told(CellKey key, std::int64_t count, Decision in_charge = {},
              std::optional<Decision> openly = {}) {
  return {.key = std::move(key), .count = count, .in_charge = in_charge, .openly = openly};
}

TEST(PublishedForm, is_a_sorted_line_a_cell_and_one_more_where_everybody_is_told) {
  CellKey const office{.table = domain::Table::cards_office,
                       .area = {"KEHA"},
                       .office = {5},
                       .measure = domain::Measure::taken};
  CellKey const venue = domain::test::venue_uses("KEHA", "990", 12, contract::Sector::sport);
  EXPECT_EQ(published_form({told(venue, 12), told(area_uses("KEHA"), 4, small, withheld),
                            told(office, 3, withheld), told(network_uses(quarter(2)), 0, {}, shown),
                            told(area_uses("KEHA", domain::test::late_row), -6)}),
            "cards.office\tyear area=KEHA office=5\ttaken_into_use\t…\n"
            "open.uses.area\tyear area=KEHA\tadults\t…\n"
            "open.uses.network\tquarter.2\tadults\t0\n"
            "uses.area\tlate area=KEHA\tadults\t-6\n"
            "uses.area\tyear area=KEHA\tadults\t<5\n"
            "uses.network\tquarter.2\tadults\t0\n"
            "uses.venue\tyear area=KEHA municipality=990 venue=12\tadults.sport\t12\n");
  EXPECT_EQ(published_form({}), "");
}

TEST(PublishedForm, tells_nothing_of_a_count_that_is_withheld) {
  auto const form = [](std::int64_t count, Decision decision) {
    return published_form({told(area_uses("KEHA"), count, decision, decision)});
  };
  EXPECT_EQ(form(1, small), form(4, small));
  EXPECT_EQ(form(0, withheld), form(9'999, withheld));
  EXPECT_NE(form(7, shown), form(8, shown));
}

TEST(PublishedForm, keeps_each_line_whole_whatever_a_text_holds) {
  CellKey const key{.table = domain::Table::background,
                    .area = {"KEHA"},
                    .measure = domain::Measure::part,
                    .label = "16–17 v.\tei\nkerrottu 5%"};
  EXPECT_EQ(published_form({told(key, 9)}),
            "background\tyear area=KEHA label=16–17%20v.%09ei%0Akerrottu%205%25\tpart\t9\n");
}

// Texts are of the letters that lines are made of, so that they try to look like each other.
struct RandomKeys {
  int below(int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); }
  std::string text() {
    static constexpr std::array<char const*, 12> parts{
        "a", "area=", " area=a", "label=", " ", "%", "%20", "\t", "\n", "=", ".", "ä"};
    std::string made;
    for (int left = below(4); left > 0; --left) {
      made += parts[static_cast<std::size_t>(below(parts.size()))];
    }
    return made;
  }
  CellKey key() {
    CellKey made{.table = static_cast<domain::Table>(below(14)),
                 .period = {static_cast<domain::Period::Kind>(below(4)), below(13)},
                 .area = {text()},
                 .municipality = text(),
                 .venue = {below(3)},
                 .office = {below(3)},
                 .measure = static_cast<domain::Measure>(below(8)),
                 .label = text()};
    if (below(2) == 0) made.sector = static_cast<contract::Sector>(below(4));
    return made;
  }
  // Like another but for one part: what random ones alone would seldom be.
  CellKey near(CellKey const& other) {
    CellKey made = other;
    CellKey const drawn = key();
    switch (below(9)) {
      case 0: made.table = drawn.table; break;
      case 1: made.period = drawn.period; break;
      case 2: made.area = drawn.area; break;
      case 3: made.municipality = drawn.municipality; break;
      case 4: made.venue = drawn.venue; break;
      case 5: made.office = drawn.office; break;
      case 6: made.measure = drawn.measure; break;
      case 7: made.sector = drawn.sector; break;
      default: std::swap(made.municipality, made.label);
    }
    return made;
  }
  std::mt19937 random{7};
};

TEST(PublishedForm, gives_no_two_keys_one_line) {
  RandomKeys keys;
  std::map<std::string, CellKey> seen;
  CellKey last = keys.key();
  for (int i = 0; i < 20'000; ++i) {
    last = i % 3 == 0 ? keys.key() : keys.near(last);
    auto const line = published_form({told(last, 7)});
    EXPECT_EQ(std::ranges::count(line, '\n'), 1);
    EXPECT_EQ(std::ranges::count(line, '\t'), 3);
    auto const [at, is_new] = seen.emplace(line, last);
    ASSERT_EQ(at->second, last) << line;
  }
  EXPECT_GT(seen.size(), 10'000U);
}

struct KeptRuns : ::testing::Test, test::CardOffice {
  std::int64_t publish(RunName const& name, std::vector<KeptCell> const& cells) {
    ledger::ReportPublished entry;
    entry.run = text_of(name);
    entry.year = name.year;
    if (name.is_quarter()) entry.quarter = name.quarter;
    entry.edition = name.edition;
    entry.as_of = 3;
    entry.left_out = {"flows", "beside"};
    entry.left_out_openly = {"uses.municipality"};
    entry.cells = static_cast<std::int64_t>(cells.size());
    entry.hash = crypto::sha256(bytes_of(published_form(cells)));
    return write([&](ledger::WriteTx& tx) {
      auto const run = ledger::append(tx, actor, entry).sequence;
      keep_cells(tx, run, cells);
      return run;
    });
  }
  std::vector<KeptCell> told_of(int year, std::int64_t up_to, CellFilter const& filter = {}) {
    return write([&](ledger::WriteTx& tx) { return told_cells(tx, year, up_to, filter); });
  }

  static constexpr RunName first_quarter{.year = 2026, .quarter = 1};
  static constexpr RunName settlement{.year = 2026};
  static constexpr RunName second_edition{.year = 2026, .edition = 2};
};

TEST_F(KeptRuns, come_back_as_they_were_published_the_oldest_first) {
  EXPECT_THAT(write([](ledger::WriteTx& tx) { return list_runs(tx); }), IsEmpty());
  auto const closed = publish(first_quarter, {told(network_uses(quarter(1)), 9)});
  database.clock.advance(hour_us);
  auto const settled = publish(settlement, {});
  auto const runs = write([](ledger::WriteTx& tx) { return list_runs(tx); });
  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(runs[0].name, first_quarter);
  EXPECT_EQ(runs[0].entry, closed);
  EXPECT_EQ(runs[0].as_of, 3);
  EXPECT_EQ(runs[0].method, 1);
  EXPECT_EQ(runs[0].cells, 1);
  EXPECT_EQ(runs[0].hash, crypto::sha256(bytes_of("uses.network\tquarter.1\tadults\t9\n")));
  EXPECT_THAT(runs[0].left_out, ElementsAre(domain::Table::flows, domain::Table::beside));
  EXPECT_THAT(runs[0].left_out_openly, ElementsAre(domain::Table::uses_municipality));
  EXPECT_EQ(runs[1].name, settlement);
  EXPECT_EQ(runs[1].entry, settled);
  EXPECT_EQ(runs[1].drawn_at, database.clock.now());
}

TEST_F(KeptRuns, are_found_by_their_names) {
  auto const settled = publish(settlement, {});
  auto const moved = publish(second_edition, {});
  write([&](ledger::WriteTx& tx) {
    EXPECT_EQ(find_run(tx, settlement).value().entry, settled);
    EXPECT_EQ(find_run(tx, second_edition).value().entry, moved);
    EXPECT_FALSE(find_run(tx, first_quarter));
    EXPECT_FALSE(find_run(tx, {.year = 2025}));
    return true;
  });
}

TEST_F(KeptRuns, of_one_name_are_published_once) {
  publish(settlement, {});
  EXPECT_THROW(publish(settlement, {}), std::runtime_error);
  EXPECT_EQ(write([](ledger::WriteTx& tx) { return list_runs(tx); }).size(), 1U);
}

TEST_F(KeptRuns, give_back_every_part_of_a_cell) {
  RandomKeys random;
  std::map<CellKey, KeptCell> cells;
  for (int i = 0; i < 300; ++i) {
    KeptCell cell = told(random.key(), random.below(100) - 20);
    cell.in_charge = {static_cast<Sign>(i % 3), i % 5 == 0};
    if (i % 4 != 0) cell.openly = Decision{static_cast<Sign>(random.below(3)), i % 7 == 0};
    cell.late_withheld = i % 11 == 0;
    cells.emplace(cell.key, cell);
  }
  std::vector<KeptCell> in_order;
  for (auto const& [key, cell] : cells) in_order.push_back(cell);
  auto mixed = in_order;
  std::ranges::shuffle(mixed, random.random);
  auto const run = publish(settlement, mixed);
  EXPECT_EQ(write([&](ledger::WriteTx& tx) { return cells_of_run(tx, run); }), in_order);
  EXPECT_EQ(told_of(2026, run), in_order);
}

TEST_F(KeptRuns, tell_each_cell_as_the_newest_of_them_up_to_one_gives_it) {
  auto const quarterly = told(network_uses(quarter(1)), 9);
  auto const yearly = told(network_uses(), 40);
  auto const moved = told(network_uses(), 47);
  auto const closed = publish(first_quarter, {quarterly});
  publish({.year = 2025}, {told(network_uses(), 11)});
  auto const settled = publish(settlement, {yearly});
  auto const edition = publish(second_edition, {moved});
  EXPECT_THAT(told_of(2026, closed - 1), IsEmpty());
  EXPECT_THAT(told_of(2026, closed), ElementsAre(Eq(quarterly)));
  EXPECT_THAT(told_of(2026, settled), ElementsAre(Eq(yearly), Eq(quarterly)));
  EXPECT_THAT(told_of(2026, edition), ElementsAre(Eq(moved), Eq(quarterly)));
  EXPECT_THAT(told_of(2025, edition), ElementsAre(Eq(told(network_uses(), 11))));
  EXPECT_THAT(told_of(2027, edition), IsEmpty());
}

TEST_F(KeptRuns, are_asked_by_table_and_area) {
  auto const network = told(network_uses(), 40);
  auto const here = told(area_uses("KEHA"), 30);
  auto const there = told(area_uses("SALO"), 10);
  auto const pool = told(domain::test::venue_uses("KEHA", "990", 12, contract::Sector::sport), 30);
  auto const run = publish(settlement, {pool, there, here, network});
  auto const uses_area = domain::Table::uses_area;
  EXPECT_THAT(told_of(2026, run), ElementsAre(Eq(network), Eq(here), Eq(there), Eq(pool)));
  EXPECT_THAT(told_of(2026, run, {.table = uses_area}), ElementsAre(Eq(here), Eq(there)));
  EXPECT_THAT(told_of(2026, run, {.area = AreaId{"KEHA"}}), ElementsAre(Eq(here), Eq(pool)));
  EXPECT_THAT(told_of(2026, run, {.area = AreaId{}}), ElementsAre(Eq(network)));
  EXPECT_THAT(told_of(2026, run, {.table = uses_area, .area = AreaId{"SALO"}}),
              ElementsAre(Eq(there)));
  EXPECT_THAT(told_of(2026, run, {.table = domain::Table::flows}), IsEmpty());
}

}  // namespace
}  // namespace kaiku::tables
