#include "server/print/texts.hpp"

#include <gtest/gtest.h>

#include <fontconfig/fontconfig.h>

#include <memory>

#include "schema/values/utf8.hpp"

namespace kaiku::print {
namespace {

using contract::Language;

std::vector<std::string_view> all_texts() {
  std::vector<std::string_view> texts;
  for (std::uint16_t n = 0; n < static_cast<std::uint16_t>(Text::count_); ++n) {
    for (auto const language : contract::languages) {
      texts.push_back(in(language, static_cast<Text>(n)));
    }
  }
  return texts;
}

// The words that §4 of the pages' paper rules out, as far as paper could have them.
TEST(PrintedTexts, never_label_anybody_and_keep_to_one_word_an_idea) {
  for (auto const text : all_texts()) {
    for (std::string_view const word :
         {"köyh", "vähävarais", "fattig", "poor", "palautuskoodi", "återställningskod", "numero",
          "tili", "konto", "uusia", "förnya", "ångra", "kortbatch", "apparat", "!"}) {
      EXPECT_EQ(text.find(word), std::string_view::npos) << text;
    }
  }
}

TEST(PrintedTexts, fill_in_every_name_and_leave_it_a_name) {
  auto const text = fill(Language::en, Text::card_found, {{"contact", plain("Kino & <Bio>")}});
  EXPECT_EQ(text.text, "Did you find the card? Kino &amp; &lt;Bio&gt;");
}

TEST(PrintedTexts, write_days_and_numbers_as_each_language_does) {
  auto const day = day_from(2026, 11, 2).value();
  EXPECT_EQ(day_text(Language::fi, day), "2.11.2026");
  EXPECT_EQ(day_text(Language::sv, day), "2.11.2026");
  EXPECT_EQ(day_text(Language::en, day), "2\u00A0Nov\u00A02026");
  EXPECT_EQ(number_text(Language::fi, 0.45, 2), "0,45");
  EXPECT_EQ(number_text(Language::en, 0.4, 2), "0.40");
  EXPECT_EQ(signed_text(Language::sv, 1.5), "+1,5");
  EXPECT_EQ(signed_text(Language::en, -0.5), "–0.5");
  EXPECT_EQ(signed_text(Language::fi, -0.04), "0,0");
}

// A character that a typeface lacks would be a box on paper.
TEST(PrintedTexts, have_every_letter_in_the_typeface_and_those_of_northern_sami_too) {
  std::unique_ptr<FcPattern, decltype(&FcPatternDestroy)> const face(
      FcFreeTypeQuery(reinterpret_cast<FcChar8 const*>(KAIKU_TYPEFACES "/NotoSans-Regular.ttf"), 0,
                      nullptr, nullptr),
      &FcPatternDestroy);
  FcCharSet* letters = nullptr;
  ASSERT_EQ(FcPatternGetCharSet(face.get(), FC_CHARSET, 0, &letters), FcResultMatch);
  auto texts = all_texts();
  texts.push_back("áčđŋšŧžÁČĐŊŠŦŽ åäöÅÄÖ ·–…");
  for (auto const text : texts) {
    for (auto rest = text; !rest.empty(); rest.remove_prefix(utf8_sequence(rest))) {
      FcChar32 character = 0;
      ASSERT_GT(FcUtf8ToUcs4(reinterpret_cast<FcChar8 const*>(rest.data()), &character,
                             static_cast<int>(rest.size())),
                0);
      EXPECT_EQ(FcCharSetHasChar(letters, character), FcTrue)
          << text << ": U+" << std::hex << character;
    }
  }
}

}  // namespace
}  // namespace kaiku::print
