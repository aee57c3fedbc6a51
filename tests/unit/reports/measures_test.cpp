// Measures have names and explanations for people, and words for machines.
#include "server/reports/measures.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace kaiku::reports {
namespace {

TEST(Measures, have_a_word_and_a_name_of_their_own_in_each_language) {
  std::set<std::string> words;
  for (auto const language : contract::languages) {
    std::set<std::string> names;
    for (int at = 0; at <= static_cast<int>(Measure::flows); ++at) {
      auto const measure = static_cast<Measure>(at);
      words.emplace(word_of(measure));
      EXPECT_TRUE(names.emplace(name_in(language, measure)).second) << word_of(measure);
    }
    EXPECT_EQ(words.size(), names.size());
  }
}

TEST(Measures, are_explained_but_for_parts_that_their_whole_explains) {
  for (auto const language : contract::languages) {
    EXPECT_FALSE(definition_in(language, Measure::uses).empty());
    EXPECT_TRUE(definition_in(language, Measure::adults).empty());
    EXPECT_TRUE(definition_in(language, Measure::community_uses).empty());
  }
}

}  // namespace
}  // namespace kaiku::reports
