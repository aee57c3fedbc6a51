// A thousand seeds, in shards that run side by side. A seed that fails is run again alone with
//   KAIKU_SEED=n kaiku_simulation_tests --gtest_filter='*one_seed*'
// A thousand seeds of disasters, of which the suite runs two hundred:
//   KAIKU_DISASTERS=50 kaiku_simulation_tests --gtest_filter='*disasters*'
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/simulation/simulation.hpp"

namespace kaiku::simulation {
namespace {

constexpr int acts = 32;
constexpr std::uint64_t shards = 20;
constexpr std::uint64_t seeds_a_shard = 50;

std::string in_words(Simulation const& simulation) {
  std::string words;
  for (auto const& fault : simulation.faults()) words += "  " + fault + "\n";
  return words;
}

class Seeds : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(Seeds, every_confirmed_use_is_in_the_ledger_once_and_no_verdict_changes) {
  Simulation::Tally sum;
  for (std::uint64_t i = 0; i < seeds_a_shard; ++i) {
    auto const seed = GetParam() * seeds_a_shard + i + 1;
    Simulation simulation(seed);
    simulation.run(acts);
    ASSERT_TRUE(simulation.faults().empty()) << "seed " << seed << ":\n" << in_words(simulation);
    auto const& tally = simulation.tally();
    sum.confirmed += tally.confirmed;
    sum.offline += tally.offline;
    sum.undone += tally.undone;
    sum.deaths += tally.deaths;
    sum.judged += tally.judged;
    sum.not_confirmed += tally.not_confirmed;
  }
  // A simulation in which nothing happens proves nothing.
  EXPECT_GT(sum.confirmed, 100);
  EXPECT_GT(sum.offline, 20);
  EXPECT_GT(sum.judged, 20);
  EXPECT_GT(sum.deaths, 0);
  EXPECT_GT(sum.undone, 0);
}

TEST_P(Seeds, of_disasters_lose_nothing_that_a_disk_still_knew) {
  Simulation::Tally sum;
  char const* const more = std::getenv("KAIKU_DISASTERS");  // of a shard
  auto const seeds = more ? std::strtoull(more, nullptr, 10) : seeds_a_shard / 5;
  for (std::uint64_t i = 0; i < seeds; ++i) {
    auto const seed = 1'000'000 + GetParam() * seeds_a_shard + i + 1;
    Simulation simulation(seed, true);
    simulation.run(2 * acts);
    ASSERT_TRUE(simulation.faults().empty()) << "seed " << seed << ":\n" << in_words(simulation);
    auto const& tally = simulation.tally();
    sum.confirmed += tally.confirmed;
    sum.restored_servers += tally.restored_servers;
    sum.restored_folders += tally.restored_folders;
    sum.doubles += tally.doubles;
    sum.moves += tally.moves;
    sum.waiting += tally.waiting;
  }
  EXPECT_GT(sum.confirmed, 50);
  EXPECT_GT(sum.restored_servers + sum.restored_folders + sum.doubles, 5);
  EXPECT_GT(sum.moves, 0);
  RecordProperty("waiting", sum.waiting);
}

INSTANTIATE_TEST_SUITE_P(A_thousand, Seeds, ::testing::Range<std::uint64_t>(0, shards));

TEST(Simulation, a_seed_replays_exactly) {
  for (std::uint64_t seed = 2001; seed < 2011; ++seed) {
    Simulation first(seed);
    first.run(acts);
    Simulation second(seed);
    second.run(acts);
    ASSERT_EQ(first.trace(), second.trace()) << "seed " << seed;
    EXPECT_FALSE(first.trace().empty());
  }
}

TEST(Simulation, one_seed_of_the_environment) {
  char const* const seed = std::getenv("KAIKU_SEED");
  auto const number = seed ? std::strtoull(seed, nullptr, 10) : 1;
  bool const disasters = number > 1'000'000;
  Simulation simulation(number, disasters);
  simulation.run(disasters ? 2 * acts : acts);
  if (seed) std::cout << simulation.trace();
  EXPECT_TRUE(simulation.faults().empty()) << in_words(simulation);
}

}  // namespace
}  // namespace kaiku::simulation
