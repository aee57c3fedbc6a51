// Suppression against a reader who writes down all equations and solves them.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>

#include "server/domain/circulation.hpp"
#include "server/domain/disclosure_audit.hpp"
#include "server/domain/restatement.hpp"
#include "tests/property/disclosure_attacker.hpp"
#include "tests/property/disclosure_networks.hpp"

namespace kaiku::property {
namespace {

using domain::Audience;
using domain::DeclaredSet;
using domain::Linking;
using domain::Publication;
using domain::Sign;
using ::testing::IsEmpty;

// A full campaign has 300 small networks and 20 of a country's size; by hand.
int told_or(char const* name, int number) {
  char const* const told = std::getenv(name);
  return told == nullptr ? number : std::atoi(told);
}

int drawn(std::mt19937_64& random, int from, int to) {
  return from + static_cast<int>(random() % static_cast<std::uint64_t>(to - from + 1));
}

NetworkSize small_size(std::mt19937_64& random) {
  NetworkSize size;
  size.areas = drawn(random, 1, 3);
  size.municipalities = size.areas + drawn(random, 0, 3);
  size.venues = drawn(random, 2, 8);
  size.offices = drawn(random, 2, 6);
  size.uses_a_venue = drawn(random, 3, 60);
  size.cards_an_office = drawn(random, 3, 60);
  return size;
}

// The three circulations of one year of a network.
std::vector<YearOfRuns> runs_of(TrueYear const& year, std::vector<Counts> const& before) {
  auto const uses = use_counts(year);
  auto const cards = card_counts(year);
  std::vector<YearOfRuns> runs;
  runs.emplace_back(Linking::uses, uses, use_shares(year, uses), before[0]);
  runs.emplace_back(Linking::cards, cards, card_shares(year, cards), before[1]);
  runs.emplace_back(Linking::earlier_years, earlier_year_counts(year), std::vector<domain::Share>{},
                    before[2]);
  return runs;
}

std::vector<std::string> texts_of(std::vector<Disclosed> const& disclosed) {
  std::vector<std::string> texts;
  for (auto const& each : disclosed) texts.push_back(text_of(each));
  return texts;
}

struct Tally {
  int tried = 0;
  int refused_openly = 0;
};

// As those in charge; as nobody, and as each venue, office and coordinator with open data. Where
// open data was refused, insiders may know from figures in tens alone what nobody could hide.
void expect_nothing_found(YearOfRuns const& runs, Tally& tally) {
  EXPECT_EQ(runs.audit_refusals(), 0) << "what was withheld by rule was not enough";
  DisclosureAttacker in_charge(runs.told(), Audience::in_charge);
  EXPECT_THAT(texts_of(in_charge.attack()), IsEmpty());
  DisclosureAttacker with_open_data(runs.told(), Audience::everybody);
  bool const was_refused = runs.open_refusals() > 0;
  EXPECT_THAT(texts_of(was_refused ? with_open_data.attack() : with_open_data.attack_as_each()),
              IsEmpty());
  tally.tried += in_charge.tried() + with_open_data.tried();
  tally.refused_openly += was_refused ? 1 : 0;
}

TEST(Disclosure, of_no_count_of_1_to_4_in_small_networks_of_two_years) {
  Tally tally;
  int const networks = told_or("KAIKU_SMALL_NETWORKS", 40);
  for (int seed = 0; seed < networks; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    auto const size = small_size(random);
    auto year = random_network(size, random);
    std::vector<Counts> before(3);
    for (int number = 0; number < 2; ++number) {
      if (number > 0) year = year_after(year, size, random);
      auto all = runs_of(year, before);
      for (std::size_t at = 0; at < all.size(); ++at) {
        for (int run = 1; run <= 4; ++run) {
          all[at].draw(run);
          expect_nothing_found(all[at], tally);
        }
        before[at] = all[at].published();
      }
    }
  }
  RecordProperty("tried", tally.tried);
  EXPECT_GT(tally.tried, 100 * networks) << "there was something to find";
  EXPECT_LT(tally.refused_openly, 24 * networks / 10) << "and most of it was published";
}

TEST(Disclosure, of_no_count_of_1_to_4_in_a_country) {
  for (int seed = 0; seed < told_or("KAIKU_COUNTRIES", 1); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    auto year = random_network(country(), random);
    std::vector<Counts> before(3);
    for (int number = 0; number < 2; ++number) {
      if (number > 0) year = year_after(year, country(), random);
      auto all = runs_of(year, before);
      for (std::size_t at = 0; at < all.size(); ++at) {
        all[at].draw_all();
        EXPECT_EQ(all[at].tables_left_out() + all[at].open_refusals() + all[at].audit_refusals(),
                  0);
        for (auto const audience : {Audience::in_charge, Audience::everybody}) {
          DisclosureAttacker attacker(all[at].told(), audience);
          EXPECT_THAT(texts_of(attacker.attack_by_intervals()), IsEmpty());
          EXPECT_GT(attacker.tried(), 0);
        }
        before[at] = all[at].published();
      }
    }
  }
}

// --- editions ------------------------------------------------------------------------------------

// What a reader knows of the settled year who knows every batch and sees the edition.
DeclaredSet known_after(DeclaredSet const& settled, DeclaredSet const& edition) {
  auto known = settled;
  for (std::size_t at = 0; at < known.cells.size(); ++at) {
    auto const count = edition.cells[at].count;
    auto const change = count - known.cells[at].count;
    if (change == 0 || known.cells[at].key.period.kind == domain::Period::Kind::late) continue;
    auto const lowest = std::min(domain::threshold, count) - change;
    known.cells[at].known_before = domain::Bounds{lowest, domain::no_limit};
  }
  return known;
}

void expect_safe_edition(DeclaredSet const& settled, DeclaredSet const& edition) {
  EXPECT_EQ(domain::unbalanced(domain::circulation_of(edition)), std::nullopt);
  for (std::size_t at = 0; at < settled.cells.size(); ++at) {
    auto const& cell = edition.cells[at];
    auto const change = std::abs(cell.count - settled.cells[at].count);
    EXPECT_TRUE(change == 0 || change >= 5) << change;
    if (cell.told.sign == Sign::small) {
      EXPECT_TRUE(domain::counts_few(cell.count));
    }
    bool const was_withheld = settled.cells[at].told.sign != Sign::shown;
    EXPECT_EQ(cell.told.sign != Sign::shown, was_withheld);
  }
  auto const known = known_after(settled, edition);
  EXPECT_THAT(texts_of(DisclosureAttacker(known, Audience::in_charge).attack()), IsEmpty());
  EXPECT_THAT(texts_of(DisclosureAttacker(known, Audience::everybody).attack_as_each()), IsEmpty());
}

TEST(Disclosure, of_nothing_by_an_edition_beside_the_settlement) {
  int entered = 0;
  int waiting = 0;
  for (int seed = 0; seed < told_or("KAIKU_SMALL_NETWORKS", 40); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    auto const size = small_size(random);
    auto const year = random_network(size, random);
    auto const counts = use_counts(year);
    YearOfRuns runs(Linking::uses, counts, use_shares(year, counts), {});
    runs.draw_all();
    if (runs.tables_left_out() + runs.open_refusals() > 0) continue;
    auto const& settled = runs.told();
    std::vector<domain::Batch> batches;
    for (auto const& venue : settled.cells) {
      if (venue.key.table != domain::Table::uses_venue) continue;
      batches.push_back({venue.key, std::max<std::int64_t>(-venue.count, drawn(random, -15, 15))});
    }
    auto const edition = domain::next_edition(settled, batches);
    auto after = settled;
    after.cells = edition.cells;
    expect_safe_edition(settled, after);
    auto const count = static_cast<int>(std::ranges::count(edition.entered, true));
    entered += count;
    waiting += static_cast<int>(batches.size()) - count;
  }
  EXPECT_GT(entered, 0);
  EXPECT_GT(waiting, 0);
}

// --- the audit against the attacker --------------------------------------------------------------

// Signs by chance: small counts say so, others are withheld or not, now and then so that nothing
// about them can be told.
void sign_by_chance(DeclaredSet& set, std::mt19937_64& random) {
  int const most_withheld = drawn(random, 1, 9);
  for (auto& cell : set.cells) {
    cell.publication = Publication::told;
    cell.late_withheld = false;
    bool const is_few =
        domain::counts_few(cell.count) && cell.key.period.kind != domain::Period::Kind::late;
    bool const is_withheld = is_few || (cell.count >= 5 && drawn(random, 0, 9) < most_withheld);
    bool const is_any = is_withheld && drawn(random, 0, 5) == 0;
    cell.told = {!is_withheld        ? Sign::shown
                 : is_few && !is_any ? Sign::small
                                     : Sign::complementary,
                 is_any};
    cell.told_openly = cell.told;
  }
}

TEST(Disclosure, audit_finds_what_the_attacker_finds_and_nothing_else) {
  int found = 0;
  int passed = 0;
  for (int seed = 0; seed < 3 * told_or("KAIKU_SMALL_NETWORKS", 40); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    auto const size = small_size(random);
    auto const year = random_network(size, random);
    auto const counts = use_counts(year);
    DeclaredSet set{.linking = Linking::uses, .cells = {}, .shares = use_shares(year, counts)};
    for (auto const& [key, cell] : counts) set.cells.push_back(cell);
    sign_by_chance(set, random);
    auto circulation = domain::circulation_of(set);
    domain::Signs signs;
    for (auto& cell : circulation.cells) {
      signs.in_charge.push_back(cell.told);
      cell.publication = Publication::now;  // what is told already is not looked at again
    }
    signs.openly = signs.in_charge;
    bool const audited = audit_for_those_in_charge(circulation, signs).has_value();
    EXPECT_EQ(audited, !DisclosureAttacker(set, Audience::in_charge).attack().empty());
    auto const contributors = domain::contributors_of(circulation, set.shares,
                                                      std::vector<bool>(circulation.cells.size()));
    bool const audited_openly = audit_for_everybody(circulation, signs, contributors).has_value();
    EXPECT_EQ(audited_openly,
              !DisclosureAttacker(set, Audience::everybody).attack_as_each().empty());
    for (bool const each : {audited, audited_openly}) ++(each ? found : passed);
  }
  EXPECT_GT(found, 20);
  EXPECT_GT(passed, 20);
}

// --- signs and order -----------------------------------------------------------------------------

TEST(Disclosure, sign_below_five_stands_for_1_to_4_alone_and_these_are_never_shown) {
  int cells = 0;
  int small = 0;
  for (int seed = 0; cells < 10'000 && seed < 500; ++seed) {
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    auto const size = small_size(random);
    for (auto& runs : runs_of(random_network(size, random), std::vector<Counts>(3))) {
      runs.draw_all();
      for (auto const& cell : runs.told().cells) {
        if (cell.publication != Publication::told) continue;
        bool const is_few =
            domain::counts_few(cell.count) && cell.key.period.kind != domain::Period::Kind::late;
        ++cells;
        small += is_few ? 1 : 0;
        for (auto const& decision : {cell.told, cell.told_openly}) {
          EXPECT_TRUE(decision.sign != Sign::small || is_few);
          EXPECT_FALSE(decision.sign == Sign::shown && is_few);
        }
      }
    }
  }
  ASSERT_GE(cells, 10'000);
  EXPECT_GT(small, 500);
}

TEST(Disclosure, control_says_the_same_of_any_order_of_cells_and_shares) {
  for (int seed = 0; seed < 10; ++seed) {
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    auto const size = small_size(random);
    for (auto& runs : runs_of(random_network(size, random), std::vector<Counts>(3))) {
      runs.draw(1);
      auto set = runs.told();
      for (auto& cell : set.cells) {
        if (cell.publication == Publication::later) cell.publication = Publication::now;
      }
      auto const before = domain::control_disclosure(set);
      auto mixed = set;
      std::ranges::shuffle(mixed.cells, random);
      std::ranges::shuffle(mixed.shares, random);
      auto const after = domain::control_disclosure(mixed);
      EXPECT_EQ(before.refused, after.refused);
      EXPECT_EQ(before.refused_openly, after.refused_openly);
      if (before.refused) continue;
      for (std::size_t at = 0; at < set.cells.size(); ++at) {
        auto const found =
            std::ranges::find(mixed.cells, set.cells[at].key, &domain::DeclaredCell::key);
        auto const place = static_cast<std::size_t>(found - mixed.cells.begin());
        EXPECT_EQ(before.signs.in_charge[at], after.signs.in_charge[place]);
        EXPECT_EQ(before.signs.openly[at], after.signs.openly[place]);
      }
    }
  }
}

}  // namespace
}  // namespace kaiku::property
