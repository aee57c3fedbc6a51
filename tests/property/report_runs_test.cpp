// Runs of reports over random networks: what they tell of a year, one after the other.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>

#include "server/reports/edition_decision.hpp"
#include "server/reports/run_decision.hpp"
#include "server/reports/year_cells.hpp"
#include "tests/property/counted_networks.hpp"
#include "tests/property/disclosure_attacker.hpp"

namespace kaiku::property {
namespace {

using domain::CellKey;
using domain::Measure;
using domain::RunName;
using domain::Sign;
using domain::Table;
using tables::KeptCell;
using Kind = domain::Period::Kind;
using ::testing::IsEmpty;

constexpr int seeds = 15;

// --- counts --------------------------------------------------------------------------------------

// Cells and shares of a set against those that the attacker's networks count by themselves.
void expect_counted_as(domain::DeclaredSet const& set, Counts const& counts,
                       std::vector<domain::Share> const& shares, Measure measure) {
  auto const as_counted = [&](CellKey key) {
    if (key.measure == Measure::adults) key.measure = measure;
    return key;
  };
  std::map<CellKey, domain::DeclaredCell> cells;
  for (auto const& cell : set.cells) cells[cell.key] = cell;
  for (auto const& [key, cell] : counts) {
    auto const& counted = cells[as_counted(key)];
    EXPECT_EQ(counted.count, cell.count);
    EXPECT_EQ(counted.late_withheld, cell.late_withheld);
    cells.erase(as_counted(key));
  }
  for (auto const& [key, cell] : cells) EXPECT_EQ(cell.count, 0) << "a row without anything";
  using Shares = std::map<std::pair<domain::Contributor, CellKey>, std::int64_t>;
  Shares expected;
  for (auto const& share : shares) {
    expected[{share.contributor, as_counted(share.cell)}] = share.count;
  }
  Shares found;
  for (auto const& share : set.shares) found[{share.contributor, share.cell}] = share.count;
  EXPECT_EQ(found, expected);
}

TEST(ReportRuns, count_cells_and_shares_as_the_networks_under_attack_do) {
  for (int seed = 0; seed < seeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    auto const network = network_of(small_size(random), random);
    auto const sets = reports::sets_of(counted_at(network, settled));
    ASSERT_GE(sets.size(), 4U);
    auto const adults = use_counts(network.adults);
    auto const children = use_counts(network.children);
    auto const cards = card_counts(network.adults);
    expect_counted_as(sets[0], adults, use_shares(network.adults, adults), Measure::adults);
    expect_counted_as(sets[1], children, use_shares(network.children, children), Measure::children);
    expect_counted_as(sets[2], cards, card_shares(network.adults, cards), Measure::registered);
    expect_counted_as(sets[3], earlier_year_counts(network.adults), {}, Measure::earlier_years);
  }
}

// --- runs ----------------------------------------------------------------------------------------

bool is_per_cent(CellKey const& key) { return key.label == reports::labels::late_percent; }

void expect_well_told(std::vector<KeptCell> const& cells) {
  EXPECT_TRUE(
      std::ranges::is_sorted(cells, {}, [](KeptCell const& cell) { return std::tie(cell.key); }));
  for (auto const& cell : cells) {
    EXPECT_TRUE(!cell.openly || domain::is_open(cell.key));
    if (is_per_cent(cell.key) || domain::is_late(cell.key)) continue;
    bool const is_few = domain::counts_few(cell.count);
    for (auto const& decision : {cell.in_charge, cell.openly.value_or(cell.in_charge)}) {
      EXPECT_FALSE(is_few && decision.sign == Sign::shown);
      EXPECT_TRUE(is_few || decision.sign != Sign::small);
    }
  }
}

// One year, from its first quarter on.
class ToldYear {
 public:
  explicit ToldYear(Network const& network, std::vector<KeptCell> year_before = {})
      : network_(network) {
    before_.year_before = std::move(year_before);
  }

  // 1–3 a quarter's run, 4 the settlement. What cannot be protected is left out for good.
  void draw(int quarter) {
    auto const year = counted_at(network_, quarter);
    RunName const name{.year = 2026, .quarter = quarter % settled};
    reports::DrawnRun run;
    for (int tries = 0; tries < 8; ++tries) {
      run = decide_run(name, year, before_);
      if (!run.refused) break;
      EXPECT_EQ(run.refused->why, domain::Refusal::Why::unprotected);
      EXPECT_THAT(run.cells, IsEmpty());
      before_.left_out.push_back(run.refused->cell.table);
    }
    ASSERT_FALSE(run.refused);
    expect_well_told(run.cells);
    is_left_out_openly_ |= !run.left_out_openly.empty();
    for (auto const& cell : run.cells) {
      EXPECT_TRUE(told_.emplace(cell.key, cell).second) << "told twice";
      before_.cells.push_back(cell);
    }
  }
  void draw_all() {
    for (int quarter = 1; quarter <= settled; ++quarter) draw(quarter);
  }

  void move(reports::DrawnRun const& edition) {
    for (auto const& cell : edition.cells) told_[cell.key] = cell;
  }
  std::map<CellKey, KeptCell> const& told() const { return told_; }
  std::vector<KeptCell> const& cells() const { return before_.cells; }
  bool is_left_out() const { return !before_.left_out.empty(); }
  bool is_left_out_openly() const { return is_left_out_openly_; }
  reports::SettledYear settled_year() const {
    reports::SettledYear year;
    year.counted = counted_at(network_, settled);
    year.cells = before_.cells;
    year.left_out = before_.left_out;
    return year;
  }

 private:
  Network const& network_;
  reports::ToldBefore before_;
  std::map<CellKey, KeptCell> told_;
  bool is_left_out_openly_ = false;
};

// Sums of true counts behind what was told.
class Sums {
 public:
  explicit Sums(std::map<CellKey, KeptCell> const& told) : told_(told) {}
  std::int64_t of(std::function<bool(CellKey const&)> const& is_part) const {
    std::int64_t sum = 0;
    for (auto const& [key, cell] : told_) sum += is_part(key) ? cell.count : 0;
    return sum;
  }
  std::int64_t at(CellKey const& key) const { return told_.at(key).count; }

 private:
  std::map<CellKey, KeptCell> const& told_;
};

bool is_year(CellKey const& key) { return key.period.kind == Kind::year; }

void expect_sums_of_periods(Sums const& sums, Table network, Table area, Measure measure) {
  auto const part = [&](Table table, Kind kind) {
    return sums.of([&](CellKey const& key) {
      return key.table == table && key.measure == measure && key.period.kind == kind && !key.sector;
    });
  };
  auto const all = sums.at({.table = network, .measure = measure});
  EXPECT_EQ(all, part(network, Kind::month) + part(network, Kind::late));
  EXPECT_EQ(all, part(network, Kind::quarter) + part(network, Kind::late));
  EXPECT_EQ(all, part(area, Kind::year));
  EXPECT_EQ(part(network, Kind::late), part(area, Kind::late));
  for (int number = 1; number <= 4; ++number) {
    CellKey const quarter{.table = network, .period = {Kind::quarter, number}, .measure = measure};
    EXPECT_EQ(sums.at(quarter), sums.of([&](CellKey const& key) {
      return key.table == area && key.measure == measure && key.period == quarter.period;
    }));
    EXPECT_EQ(sums.at(quarter), sums.of([&](CellKey const& key) {
      return key.table == network && key.measure == measure && key.period.kind == Kind::month &&
             (key.period.number + 2) / 3 == number;
    }));
  }
}

void expect_sums_of_uses(Sums const& sums, TrueYear const& year, Measure measure) {
  expect_sums_of_periods(sums, Table::uses_network, Table::uses_area, measure);
  auto const all = sums.at({.table = Table::uses_network, .measure = measure});
  for (auto const table : {Table::uses_municipality, Table::uses_venue}) {
    EXPECT_EQ(all, sums.of([&](CellKey const& key) {
      return key.table == table && key.measure == measure;
    }));
  }
  for (auto const& area : year.areas) {
    auto const of_area = [&](auto const& is_part) {
      return sums.of([&](CellKey const& key) {
        return key.area == area && key.measure == measure && is_part(key);
      });
    };
    auto const count = sums.at({.table = Table::uses_area, .area = area, .measure = measure});
    EXPECT_EQ(count, of_area([](CellKey const& key) {
                return key.table == Table::uses_area && !is_year(key);
              }))
        << "quarters and what came late";
    EXPECT_EQ(count, of_area([](CellKey const& key) {
                return key.table == Table::uses_area && key.sector.has_value();
              }));
    EXPECT_EQ(count, of_area([](CellKey const& key) { return key.table == Table::uses_venue; }));
  }
}

void expect_sums_of_cards(Sums const& sums) {
  expect_sums_of_periods(sums, Table::cards_network, Table::cards_area, Measure::registered);
  for (auto const table :
       {Table::cards_network, Table::cards_area, Table::cards_office, Table::cards_home}) {
    auto const of = [&](Measure measure) {
      return sums.of([&](CellKey const& key) {
        return key.table == table && key.measure == measure && is_year(key);
      });
    };
    EXPECT_EQ(of(Measure::registered),
              sums.at({.table = Table::cards_network, .measure = Measure::registered}));
    EXPECT_EQ(of(Measure::registered), of(Measure::taken) + of(Measure::not_taken));
    if (table == Table::cards_office) continue;
    EXPECT_EQ(of(Measure::earlier_years),
              sums.at({.table = Table::cards_network, .measure = Measure::earlier_years}));
  }
}

std::vector<std::string> texts_of(std::vector<Disclosed> const& disclosed) {
  std::vector<std::string> texts;
  for (auto const& each : disclosed) texts.push_back(text_of(each));
  return texts;
}

// A reader of everything that the year told.
void expect_nothing_found(ToldYear const& year, Network const& network, int& tried) {
  auto sets = reports::sets_of(counted_at(network, settled));
  sets.resize(4);
  for (auto& set : sets) {
    for (auto& cell : set.cells) {
      auto const told = year.told().find(cell.key);
      cell.publication = domain::Publication::never;
      if (told != year.told().end()) cell = reports::as_told(told->second);
    }
    DisclosureAttacker in_charge(set, domain::Audience::in_charge);
    EXPECT_THAT(texts_of(in_charge.attack()), IsEmpty());
    DisclosureAttacker openly(set, domain::Audience::everybody);
    EXPECT_THAT(texts_of(year.is_left_out_openly() ? openly.attack() : openly.attack_as_each()),
                IsEmpty());
    tried += in_charge.tried() + openly.tried();
  }
}

TEST(ReportRuns, tell_each_cell_of_two_years_once_and_no_count_of_1_to_4) {
  int tried = 0;
  int whole_years = 0;
  for (int seed = 0; seed < seeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    auto const size = small_size(random);
    auto network = network_of(size, random);
    std::vector<KeptCell> year_before;
    for (int number = 0; number < 2; ++number) {
      if (number > 0) network = network_after(network, size, random);
      ToldYear year(network, year_before);
      year.draw_all();
      expect_nothing_found(year, network, tried);
      year_before = year.cells();
      if (year.is_left_out()) continue;
      ++whole_years;
      Sums const sums(year.told());
      expect_sums_of_uses(sums, network.adults, Measure::adults);
      expect_sums_of_uses(sums, network.children, Measure::children);
      expect_sums_of_cards(sums);
    }
  }
  EXPECT_GT(tried, 10 * seeds) << "there was something to find";
  EXPECT_GT(whole_years, 0) << "and sums to look at";
}

TEST(ReportRuns, tell_the_same_whatever_the_order_of_rows) {
  for (int seed = 0; seed < 5; ++seed) {
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    auto const network = network_of(small_size(random), random);
    auto const year = counted_at(network, settled);
    auto mixed = year;
    for (auto* counts : {&mixed.now, &*mixed.closed[0], &*mixed.closed[1], &*mixed.closed[2]}) {
      std::ranges::shuffle(counts->venues, random);
      std::ranges::shuffle(counts->cards, random);
      std::ranges::shuffle(counts->beside, random);
      std::ranges::shuffle(counts->flows, random);
    }
    std::ranges::shuffle(mixed.network.areas, random);
    auto const run = decide_run({.year = 2026}, year, {});
    auto const again = decide_run({.year = 2026}, mixed, {});
    EXPECT_EQ(run.cells, again.cells);
    EXPECT_EQ(run.left_out_openly, again.left_out_openly);
  }
}

// --- editions ------------------------------------------------------------------------------------

// More and fewer uses of each venue, in a month that was closed long ago.
tables::YearCounts changed(tables::YearCounts counts, std::mt19937_64& random) {
  for (auto& venue : counts.venues) {
    for (auto* january : {&venue.adults[0], &venue.children[0]}) {
      *january = std::max<std::int64_t>(0, *january + static_cast<int>(random() % 31) - 15);
    }
  }
  return counts;
}

// Against every count that was told of it before.
void expect_moved_by_enough(std::map<CellKey, std::vector<std::int64_t>>& counts,
                            std::map<CellKey, KeptCell> const& told,
                            reports::DrawnRun const& edition) {
  expect_well_told(edition.cells);
  for (auto const& cell : edition.cells) {
    auto& earlier = counts[cell.key];
    EXPECT_FALSE(earlier.empty() && cell.key.table != Table::uses_venue);
    for (auto const count : earlier) {
      auto const change = std::abs(cell.count - count);
      EXPECT_TRUE(change == 0 || change >= 5) << change;
    }
    earlier.push_back(cell.count);
    auto const before = told.find(cell.key);
    if (before == told.end()) continue;
    EXPECT_EQ(before->second.in_charge.sign == Sign::shown, cell.in_charge.sign == Sign::shown);
    EXPECT_TRUE(cell.key.measure == Measure::adults || cell.key.measure == Measure::children);
  }
}

TEST(ReportRuns, move_a_settled_year_by_nothing_or_enough) {
  int moved = 0;
  int moved_again = 0;
  for (int seed = 0; seed < 2 * seeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    auto const network = network_of(small_size(random), random);
    ToldYear year(network);
    year.draw_all();
    if (year.is_left_out()) continue;
    std::map<CellKey, std::vector<std::int64_t>> counts;
    for (auto const& cell : year.cells()) counts[cell.key].push_back(cell.count);
    auto settled_year = year.settled_year();
    auto now = settled_year.counted.now;
    EXPECT_THAT(decide_edition({.year = 2026, .edition = 2}, settled_year, now).cells, IsEmpty());
    for (int number = 2; number <= 4; ++number) {
      now = changed(now, random);
      auto const edition = decide_edition({.year = 2026, .edition = number}, settled_year, now);
      expect_moved_by_enough(counts, year.told(), edition);
      year.move(edition);
      settled_year.editions.push_back(edition.cells);
      (number == 2 ? moved : moved_again) += edition.cells.empty() ? 0 : 1;
      Sums const sums(year.told());
      for (auto const measure : {Measure::adults, Measure::children}) {
        auto const all = sums.at({.table = Table::uses_network, .measure = measure});
        for (auto const table : {Table::uses_area, Table::uses_municipality, Table::uses_venue}) {
          EXPECT_EQ(all, sums.of([&](CellKey const& key) {
            bool const is_row = !key.sector || table == Table::uses_venue;
            return key.table == table && key.measure == measure && is_year(key) && is_row;
          }));
        }
      }
      auto const again = decide_edition({.year = 2026, .edition = number + 1}, settled_year, now);
      for (auto const& cell : again.cells) {
        bool const entered = std::ranges::any_of(
            edition.cells, [&](KeptCell const& each) { return each.key == cell.key; });
        EXPECT_FALSE(entered && cell.key.table == Table::uses_venue) << "what entered is done with";
      }
    }
  }
  EXPECT_GT(moved, 0);
  EXPECT_GT(moved_again, 0);
}

}  // namespace
}  // namespace kaiku::property
