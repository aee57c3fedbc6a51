#include "server/pages/frame/texts.hpp"

#include <gtest/gtest.h>

namespace kaiku::pages {
namespace {

using contract::Language;

TEST(PageTexts, write_thousands_as_each_language_does) {
  EXPECT_EQ(number_text(Language::fi, 0), "0");
  EXPECT_EQ(number_text(Language::fi, 5086), "5086");
  EXPECT_EQ(number_text(Language::fi, 10027), "10\u00A0027");
  EXPECT_EQ(number_text(Language::sv, 1234567), "1\u00A0234\u00A0567");
  EXPECT_EQ(number_text(Language::en, 5086), "5,086");
  EXPECT_EQ(number_text(Language::en, 1234567), "1,234,567");
}

TEST(PageTexts, write_per_cent_with_one_decimal) {
  EXPECT_EQ(percent_text(Language::fi, 0.2674), "26,7\u00A0%");
  EXPECT_EQ(percent_text(Language::sv, 1.0), "100,0\u00A0%");
  EXPECT_EQ(percent_text(Language::en, 0.0), "0.0%");
  EXPECT_EQ(percent_text(Language::en, 0.3999), "40.0%");
  EXPECT_EQ(percent_text(Language::en, 0.5005), "50.1%") << "half up, as files have it";
}

TEST(PageTexts, fill_in_every_name) {
  auto const text =
      fill(Language::fi, Text::venue_today_count, {{"tickets", "14"}, {"children", "4"}});
  EXPECT_EQ(text, "Annettu tänään 14 lippua, niistä 4 lapsille.");
}

// The Swedish of Finland and plain words: money is never the reason that a page names.
TEST(PageTexts, never_call_anybody_poor) {
  for (std::uint16_t n = 0; n < static_cast<std::uint16_t>(Text::count_); ++n) {
    for (auto const language : contract::languages) {
      auto const text = in(language, static_cast<Text>(n));
      for (std::string_view const word : {"köyh", "vähävarais", "fattig", "poor", "HYLÄTTY"}) {
        EXPECT_EQ(text.find(word), std::string_view::npos) << text;
      }
    }
  }
}

}  // namespace
}  // namespace kaiku::pages
