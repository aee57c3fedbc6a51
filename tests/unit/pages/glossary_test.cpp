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
  EXPECT_EQ(test::glossary_faults(Language::fi, "a", "Uusiminen ei lisää lukua.").size(), 1U);
  EXPECT_EQ(test::glossary_faults(Language::fi, "a", "Lippu annettu!").size(), 1U);
  EXPECT_FALSE(test::glossary_faults(Language::fi, "a", "Avaa tilisi").empty());
  EXPECT_TRUE(test::glossary_faults(Language::en, "a", "A professional, quick obsession").empty());
}

}  // namespace
}  // namespace kaiku::pages
