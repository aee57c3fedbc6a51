// What the tables count of a year is what a fold over the ledger counts, as of whatever entry.
#include "server/tables/true_counts.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "server/ledger/projections.hpp"
#include "server/verify/table_compare.hpp"
#include "tests/property/figures_fold.hpp"
#include "tests/property/figures_ledger.hpp"

namespace kaiku::property {
namespace {

constexpr std::array years{2025, 2026, 2027};

int told_or(char const* name, int number) {
  char const* const told = std::getenv(name);
  return told == nullptr ? number : std::atoi(told);
}

// What came up at all: a fold that finds nothing proves nothing.
struct Seen {
  std::int64_t venues = 0, taken = 0, earlier = 0, community = 0, late = 0, undone = 0;
  std::int64_t renewed = 0, replaced = 0, flows_from_nowhere = 0, homes_moved = 0;
  void add(tables::YearCounts const& counts) {
    venues += static_cast<std::int64_t>(counts.venues.size());
    for (auto const& row : counts.cards) {
      taken += row.taken;
      earlier += row.earlier_years;
      homes_moved += row.home_area.value.empty() || row.home_area == row.area ? 0 : 1;
    }
    for (auto const& row : counts.beside) {
      community += row.community_uses;
      late += row.late_tickets;
      undone += row.undone_tickets;
      renewed += row.renewed;
      replaced += row.replaced;
    }
    for (auto const& row : counts.flows) flows_from_nowhere += row.home_area.value.empty() ? 1 : 0;
  }
  std::vector<std::int64_t> all() const {
    return {venues, taken,   earlier,  community,          late,
            undone, renewed, replaced, flows_from_nowhere, homes_moved};
  }
};

void expect_as_folded(FiguresLedger& ledger, std::vector<ledger::Recorded> const& entries,
                      std::int64_t as_of, Seen& seen) {
  auto tx = ledger.read();
  for (auto const year : years) {
    SCOPED_TRACE(std::to_string(year) + " as of " + std::to_string(as_of));
    auto const counted = tables::count_year(tx, year, as_of);
    auto const folded = fold_year(entries, year, as_of);
    EXPECT_EQ(text_of(counted), text_of(folded));
    EXPECT_EQ(counted, folded);
    EXPECT_EQ(text_of(tables::network_of_year(tx, year, as_of)),
              text_of(fold_network(entries, year, as_of)));
    seen.add(counted);
  }
}

TEST(TrueCounts, are_those_of_a_fold_over_the_ledger) {
  Seen seen;
  int const ledgers = told_or("KAIKU_FIGURE_LEDGERS", 200);
  for (int seed = 0; seed < ledgers && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    FiguresLedger ledger(static_cast<std::uint64_t>(seed));
    for (int n = ledger.drawn(20, 150); n > 0; --n) ledger.act();
    auto const entries = ledger.entries();
    expect_as_folded(ledger, entries, ledger.last_sequence(), seen);
    auto const some = ledger.drawn(1, static_cast<int>(ledger.last_sequence()));
    expect_as_folded(ledger, entries, some, seen);
  }
  EXPECT_THAT(seen.all(), testing::Each(testing::Gt(0)));
}

// What sums by day do not tell of.
tables::YearCounts without_what_sums_lack(tables::YearCounts counts) {
  counts.flows.clear();
  for (auto& row : counts.cards) row.earlier_years = 0;
  for (auto& row : counts.beside) {
    row.community_cards = row.late_tickets = row.all_tickets = row.renewed = row.replaced = 0;
  }
  std::erase_if(counts.cards, [](tables::CardsYear const& row) {
    return row.taken == 0 && row.registered == tables::Months{};
  });
  std::erase_if(counts.beside, [](tables::BesideYear const& row) {
    return row == tables::BesideYear{.area = row.area};
  });
  return counts;
}

TEST(TrueCounts, are_what_sums_by_day_say_of_now) {
  for (std::uint64_t seed = 3000; seed < 3150; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    FiguresLedger ledger(seed);
    for (int n = ledger.drawn(20, 150); n > 0; --n) ledger.act();
    auto tx = ledger.read();
    for (auto const year : years) {
      auto const counted = tables::count_year(tx, year, ledger.last_sequence());
      EXPECT_EQ(text_of(tables::sum_year(tx, year)), text_of(without_what_sums_lack(counted)));
    }
  }
}

// Whose registration is undone later never counted; all else stays.
bool was_undone_since(std::vector<ledger::Recorded> const& entries, std::int64_t sequence) {
  return std::ranges::any_of(entries, [&](ledger::Recorded const& one) {
    auto const* undone = std::get_if<ledger::RegistrationUndone>(&one.entry);
    return undone != nullptr && one.sequence > sequence && undone->registration.value <= sequence;
  });
}

TEST(TrueCounts, as_of_an_entry_stay_as_they_were_when_it_was_the_last) {
  int compared = 0;
  for (std::uint64_t seed = 1000; seed < 1040; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    FiguresLedger ledger(seed);
    for (int n = ledger.drawn(20, 80); n > 0; --n) ledger.act();
    auto const then = ledger.last_sequence();
    std::vector<std::string> told;
    auto tx = ledger.read();
    for (auto const year : years) {
      told.push_back(text_of(tables::count_year(tx, year, then)));
      told.push_back(text_of(tables::network_of_year(tx, year, then)));
    }
    for (int n = ledger.drawn(1, 60); n > 0; --n) ledger.act();
    if (was_undone_since(ledger.entries(), then)) continue;
    std::vector<std::string> again;
    for (auto const year : years) {
      again.push_back(text_of(tables::count_year(tx, year, then)));
      again.push_back(text_of(tables::network_of_year(tx, year, then)));
    }
    EXPECT_EQ(again, told);
    ++compared;
  }
  EXPECT_GT(compared, 5);
}

TEST(TrueCounts, stand_on_rows_that_a_rebuild_comes_to_as_well) {
  for (std::uint64_t seed = 2000; seed < 2010; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    FiguresLedger ledger(seed);
    for (int n = 0; n < 100; ++n) ledger.act();
    sql::Connection rebuilt(":memory:", sql::OpenMode::memory);
    sql::migrate(rebuilt);
    for (auto const& one : ledger.entries()) ledger::apply(rebuilt, one);
    for (auto const* table : {"venue_version", "lineage", "municipality_member", "redemption",
                              "use_day", "first_use", "card_day"}) {
      verify::compare_tables(ledger.read().connection(), rebuilt, table,
                             [](std::string const& what) { ADD_FAILURE() << what; });
    }
  }
}

}  // namespace
}  // namespace kaiku::property
