// One word an idea, in every text of the pages.
#include "tests/support/glossary.hpp"

#include <gtest/gtest.h>

#include "server/pages/frame/texts.hpp"

namespace kaiku::pages {
namespace {

TEST(PagesGlossary, holds_for_every_text) {
  for (std::uint16_t n = 0; n < static_cast<std::uint16_t>(Text::count_); ++n) {
    auto const text = static_cast<Text>(n);
    for (auto const language : contract::languages) {
      for (auto const& fault : test::glossary_faults(language, key_of(text), in(language, text))) {
        ADD_FAILURE() << fault;
      }
    }
  }
}

// A check that finds nothing would be worth nothing.
TEST(PagesGlossary, finds_what_is_never_said) {
  using contract::Language;
  EXPECT_EQ(test::glossary_faults(Language::sv, "a", "Ångra biljetten").size(), 1U);
  EXPECT_EQ(test::glossary_faults(Language::fi, "a", "Luo tili tai avaa istunto").size(), 2U);
  EXPECT_EQ(test::glossary_faults(Language::fi, "a", "Peruutusaika on ohi.").size(), 1U);
  EXPECT_EQ(test::glossary_faults(Language::fi, "a", "Kirjoita koodi.").size(), 1U);
  EXPECT_EQ(test::glossary_faults(Language::fi, "a", "Varmenne uusitaan.").size(), 1U);
  EXPECT_EQ(test::glossary_faults(Language::fi, "verdict", "Ei rekisteröity").size(), 1U);
  EXPECT_EQ(test::glossary_faults(Language::fi, "a", "Uusiminen ei lisää lukua.").size(), 1U);
  EXPECT_EQ(test::glossary_faults(Language::fi, "a", "Lippu annettu!").size(), 1U);
  EXPECT_FALSE(test::glossary_faults(Language::fi, "a", "Avaa tilisi").empty());
  EXPECT_TRUE(test::glossary_faults(Language::fi, "event_cancel", "Peruuta tapahtuma").empty());
  EXPECT_TRUE(test::glossary_faults(Language::sv, "figures_as_of", "Läget per").empty());
  EXPECT_TRUE(test::glossary_faults(Language::fi, "a", "Ei lippua tällä koodilla").empty());
  EXPECT_TRUE(test::glossary_faults(Language::fi, "a", "Kirjoita varakoodi.").empty());
  EXPECT_TRUE(test::glossary_faults(Language::en, "a", "A professional, quick obsession").empty());
}

TEST(PagesGlossary, finds_a_sentence_that_is_too_long) {
  using contract::Language;
  std::string words = "b b b b b b b b b b b b b b";  // fourteen
  EXPECT_TRUE(test::glossary_faults(Language::en, "a", words + " {a_name_of_it}.").empty());
  EXPECT_TRUE(test::glossary_faults(Language::en, "a", words + " b. " + words + ".").empty());
  EXPECT_EQ(test::glossary_faults(Language::en, "a", words + " b b.").size(), 1U);
}

// An exception that no text needs would let a new one in unseen.
TEST(PagesGlossary, excepts_only_what_some_text_says) {
  for (auto const& exception : test::exceptions) {
    for (auto const key : exception.keys) {
      bool is_said = key == "event_cancelled";  // an answer of the door
      for (std::uint16_t n = 0; n < static_cast<std::uint16_t>(Text::count_); ++n) {
        auto const text = static_cast<Text>(n);
        is_said = is_said || (key_of(text).starts_with(key) &&
                              test::lower(in(exception.language, text)).find(exception.begins) !=
                                  std::string::npos);
      }
      EXPECT_TRUE(is_said) << key << " says no " << exception.begins;
    }
  }
}

}  // namespace
}  // namespace kaiku::pages
