#include "server/domain/declared_words.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace kaiku::domain {
namespace {

// Every value from the first to `last` has a word of its own, by which it is found again.
template <class Enum, class From>
void expect_words(Enum last, From from) {
  std::set<std::string> words;
  for (int at = 0; at <= static_cast<int>(last); ++at) {
    auto const value = static_cast<Enum>(at);
    auto const word = word_of(value);
    EXPECT_TRUE(words.emplace(word).second) << word << " is said twice";
    EXPECT_EQ(from(word), value) << word;
    EXPECT_EQ(word.find_first_not_of("abcdefghijklmnopqrstuvwxyz_."), word.npos)
        << word << " stands in addresses and between tabs";
  }
  EXPECT_FALSE(from(""));
  EXPECT_FALSE(from("Year"));
  EXPECT_FALSE(from("cards"));
}

TEST(DeclaredWords, are_one_for_each_table_measure_and_period) {
  expect_words(Table::cohort, table_from);
  expect_words(Measure::whole, measure_from);
  expect_words(Period::Kind::month, period_kind_from);
}

// They stand in ledgers and in hashes of runs.
TEST(DeclaredWords, stay_as_they_were_once_published) {
  EXPECT_EQ(word_of(Table::cards_network), "cards.network");
  EXPECT_EQ(word_of(Table::uses_municipality), "uses.municipality");
  EXPECT_EQ(word_of(Table::cards_office), "cards.office");
  EXPECT_EQ(word_of(Table::beside), "beside");
  EXPECT_EQ(word_of(Table::venue_months), "venue.months");
  EXPECT_EQ(word_of(Table::cohort), "cohort");
  EXPECT_EQ(word_of(Measure::earlier_years), "used_of_earlier_years");
  EXPECT_EQ(word_of(Measure::children), "children");
  EXPECT_EQ(word_of(Period::Kind::late), "late");
}

}  // namespace
}  // namespace kaiku::domain
