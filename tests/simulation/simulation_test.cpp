// A thousand seeds, in shards that run side by side. A seed that fails is run again alone with
//   KAIKU_SEED=n kaiku_simulation_tests --gtest_filter='*one_seed*'
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
  Simulation simulation(seed ? std::strtoull(seed, nullptr, 10) : 1);
  simulation.run(acts);
  if (seed) std::cout << simulation.trace();
  EXPECT_TRUE(simulation.faults().empty()) << in_words(simulation);
}

}  // namespace
}  // namespace kaiku::simulation
