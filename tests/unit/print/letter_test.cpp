#include "server/print/letter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <type_traits>

#include "server/print/card.hpp"
#include "tests/unit/print/paper.hpp"
#include "tests/unit/print/sample.hpp"

namespace kaiku::print {
namespace {

using contract::Language;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr double tolerance_mm = 0.2;
constexpr double qr_left_mm = 148;

Paper paper_of(Letter const& letter) { return Paper(letter_pdf(letter)); }

Box box_of(std::vector<Word> const& words, std::string const& text) {
  for (Word const& word : words) {
    if (word.text.starts_with(text)) return word.box;
  }
  ADD_FAILURE() << "nowhere: " << text;
  return {};
}

TEST(Letter, says_in_finnish_what_the_paper_says) {
  EXPECT_EQ(paper_of(sample::letter(Language::fi)).text(),
            "Korttisi Tällä kortilla saat ilmaisia lippuja kulttuuriin ja liikuntaan. "
            "Paikat: kaiku.example/places. "
            "Näin käytät korttia Näytä kortti kassalla. Kerro, jos lapset tulevat mukaan. "
            "Sinulta ei kysytä syytä. "
            "Voimassa 22.11.2026–21.11.2027. Sen jälkeen ota yhteyttä: "
            "Kainuun hyvinvointialue, aikuissosiaalityö, puh. 044 123 4567, Kauppakatu 1, Kajaani. "
            "Voimassaoloa jatketaan siellä. Et tarvitse uutta korttia. "
            "Lapset Kortilla pääsee mukaan 2 lasta, alle 18 vuotta. Kurssille pääset vain sinä. "
            "Jos kortti katoaa Varakoodisi on K7QW-2M4Z. Sillä saat uuden kortin: "
            "Kainuun hyvinvointialue, aikuissosiaalityö. Säilytä tämä kirje kotona. "
            "Oma kortti Tästä näet kortin tiedot. Nimeäsi ei ole rekisterissä. "
            "kaiku.example/l/Zk9_aB3-xYlI0O1mNq7RsT "
            "Brevet finns också på svenska. · This letter is also available in English. ");
}

TEST(Letter, says_in_swedish_what_the_paper_says) {
  EXPECT_EQ(paper_of(sample::letter(Language::sv)).text(),
            "Ditt kort Med kortet får du gratis biljetter till kultur och motion. "
            "Ställen: kaiku.example/places. "
            "Så använder du kortet Visa kortet i kassan. Säg om barnen kommer med. "
            "Ingen frågar varför. "
            "Gäller 22.11.2026–21.11.2027. Kontakta sedan: "
            "Kainuun hyvinvointialue, aikuissosiaalityö, puh. 044 123 4567, Kauppakatu 1, Kajaani. "
            "Giltigheten förlängs där. Du behöver inget nytt kort. "
            "Barn Med kortet får 2 barn komma med, under 18 år. Kursplatsen är bara för dig. "
            "Om kortet försvinner Din reservkod är K7QW-2M4Z. Med den får du ett nytt kort: "
            "Kainuun hyvinvointialue, aikuissosiaalityö. Spara brevet hemma. "
            "Mitt kort Här ser du kortets uppgifter. Ditt namn finns inte i registret. "
            "kaiku.example/l/Zk9_aB3-xYlI0O1mNq7RsT "
            "Kirjeen saa myös suomeksi. · This letter is also available in English. ");
}

TEST(Letter, says_in_english_what_the_paper_says) {
  EXPECT_EQ(paper_of(sample::letter(Language::en)).text(),
            "Your card It gives you free tickets to culture and sport. "
            "Places: kaiku.example/places. "
            "How to use it Show the card at the desk. Say if children come along. Nobody asks why. "
            "Valid 22 Nov 2026–21 Nov 2027. After that contact "
            "Kainuun hyvinvointialue, aikuissosiaalityö, puh. 044 123 4567, Kauppakatu 1, Kajaani. "
            "They renew it. You need no new card. "
            "Children 2 children under 18 may come along. A course place is for you alone. "
            "If you lose it Your recovery code is K7QW-2M4Z. It gets you a new card: "
            "Kainuun hyvinvointialue, aikuissosiaalityö. Keep this letter at home. "
            "Own card See the card's details here. Your name is not in the register. "
            "kaiku.example/l/Zk9_aB3-xYlI0O1mNq7RsT "
            "Kirjeen saa myös suomeksi. · Brevet finns också på svenska. ");
}

TEST(Letter, leaves_the_part_about_children_out_where_there_are_none) {
  std::vector<std::string> const headings{"Lapset", "Barn ", "Children"};
  for (auto const language : contract::languages) {
    auto letter = sample::letter(language);
    letter.children = 0;
    EXPECT_THAT(paper_of(letter).text(),
                Not(HasSubstr(headings[static_cast<std::size_t>(language)])));
  }
}

TEST(Letter, counts_one_child_as_the_language_does) {
  auto letter = sample::letter(Language::fi);
  letter.children = 1;
  EXPECT_THAT(paper_of(letter).text(), HasSubstr("pääsee mukaan 1 lapsi, alle 18 vuotta."));
}

TEST(Letter, has_the_recovery_code_in_the_middle_third_and_leaves_the_folds_free) {
  for (auto const language : contract::languages) {
    for (int const children : {0, 3}) {
      auto letter = sample::letter(language);
      letter.children = children;
      Paper const paper = paper_of(letter);
      auto const words = paper.words();
      Box const code = box_of(words, "K7QW-2M4Z");
      EXPECT_GT(code.y, 99);
      EXPECT_LT(code.y + code.height, 198);
      for (Word const& word : words) {
        for (double const fold : {99.0, 198.0}) {
          EXPECT_FALSE(word.box.y < fold && word.box.y + word.box.height > fold) << word.text;
        }
      }
    }
  }
}

TEST(Letter, is_marked_at_the_left_edge_where_it_is_folded) {
  Picture const picture = paper_of(sample::letter(Language::fi)).picture(300);
  EXPECT_THAT(
      picture.level_lines_in({6, 2, 3, 293}),
      ElementsAre(testing::DoubleNear(99, tolerance_mm), testing::DoubleNear(198, tolerance_mm)));
  EXPECT_NEAR(picture.ink_in({0, 95, 20, 8}).width, 5, tolerance_mm);
}

TEST(Letter, has_one_qr_that_leads_to_the_holders_page) {
  Paper const paper = paper_of(sample::letter(Language::sv));
  EXPECT_THAT(paper.codes(), ElementsAre("QR-Code:https://kaiku.example/l/Zk9_aB3-xYlI0O1mNq7RsT"));
  Box const qr = paper.picture(300).ink_in({qr_left_mm, 200, 60, 60});
  EXPECT_GE(qr.width, 26);
  EXPECT_NEAR(qr.width, 28, tolerance_mm);
  EXPECT_NEAR(qr.height, 28, tolerance_mm);
}

TEST(Letter, has_every_letter_of_finnish_swedish_and_northern_sami) {
  auto letter = sample::letter(Language::fi);
  letter.office_name = "Deanu gielda, áčđŋšŧž ÁČĐŊŠŦŽ";
  letter.office_contact = "Ålands & Öjas ÅÄÖåäö <möte>";
  auto const text = paper_of(letter).text();
  EXPECT_THAT(text, HasSubstr("ota yhteyttä: Deanu gielda, áčđŋšŧž ÁČĐŊŠŦŽ, "
                              "Ålands & Öjas ÅÄÖåäö <möte>. Voimassaoloa"));
  EXPECT_THAT(text, HasSubstr("uuden kortin: Deanu gielda, áčđŋšŧž ÁČĐŊŠŦŽ. Säilytä"));
}

TEST(Letter, stays_one_page_of_the_same_type_with_the_longest_sensible_names) {
  double const height = box_of(paper_of(sample::letter(Language::fi)).words(), "Säilytä").height;
  for (auto const language : contract::languages) {
    auto const letter = sample::letter_with_long_names(language);
    Paper const paper = paper_of(letter);
    EXPECT_EQ(paper.pages(), 1);
    auto const words = paper.words();
    for (Word const& word : words) {
      EXPECT_LE(word.box.x + word.box.width, 185) << word.text;
      EXPECT_LE(word.box.y + word.box.height, 285) << word.text;
    }
    Box const code = box_of(words, "K7QW-2M4Z");
    EXPECT_GT(code.y, 99);
    EXPECT_LT(code.y + code.height, 198);
    EXPECT_NEAR(box_of(words, "palvelukeskus").height, height, 0.01);
    EXPECT_THAT(paper.codes(),
                ElementsAre("QR-Code:https://" + letter.host + "/l/" + letter.key.text()));
  }
}

TEST(Letter, breaks_even_a_name_without_a_space_before_the_edge) {
  auto letter = sample::letter(Language::fi);
  letter.office_name = std::string(60, 'm') + "ä" + std::string(60, 'm');
  for (Word const& word : paper_of(letter).words()) {
    EXPECT_LE(word.box.x + word.box.width, 181) << word.text;
  }
}

TEST(Letter, takes_smaller_type_rather_than_a_second_page) {
  double const height = box_of(paper_of(sample::letter(Language::fi)).words(), "Säilytä").height;
  auto letter = sample::letter(Language::fi);
  for (int words = 0; words < 10; ++words) {
    letter.office_name += " WWWWWWWWWWWWWWWWWWW";
    letter.office_contact += " MMMMMMMMMMMMMMMMMMM";
  }
  Paper const paper = paper_of(letter);
  EXPECT_EQ(paper.pages(), 1);
  auto const words = paper.words();
  double const smaller = box_of(words, "Säilytä").height;
  EXPECT_LT(smaller, height);
  EXPECT_GE(smaller, height * 10 / 12 - 0.01);
  Box const code = box_of(words, "K7QW-2M4Z");
  EXPECT_GT(code.y, 99);
  EXPECT_LT(code.y + code.height, 198);
}

TEST(Letter, is_not_written_over_its_end) {
  auto letter = sample::letter(Language::fi);
  letter.office_name = std::string(2000, 'W');
  EXPECT_THROW(letter_pdf(letter), std::length_error);
}

TEST(Letter, names_its_headings_for_those_who_hear_it) {
  std::string const tags = paper_of(sample::letter(Language::fi)).structure();
  EXPECT_EQ(tags, "H1 P H2 P H2 P H2 P H2 P H2 P P P ");
}

// A card's code or token cannot even be handed to a letter, nor a recovery code to a card.
static_assert(!std::is_constructible_v<RecoveryCode, contract::CardCode>);
static_assert(!std::is_constructible_v<RecoveryCode, Card>);
static_assert(!std::is_constructible_v<LetterKey, contract::CardCode>);
static_assert(!std::is_constructible_v<LetterKey, Card>);
static_assert(!std::is_constructible_v<Card, RecoveryCode>);
static_assert(!std::is_convertible_v<std::string, RecoveryCode>);
static_assert(!std::is_convertible_v<std::string, Card>);

TEST(LetterDeathTest, takes_no_card_for_a_recovery_code_or_a_key) {
  auto const card = sample::stock_card(1);
  EXPECT_DEATH(RecoveryCode(card.code().canonical()), "");
  EXPECT_DEATH(RecoveryCode(card.code().text()), "");
  EXPECT_DEATH(RecoveryCode(card.token()), "");
  EXPECT_DEATH(LetterKey(card.code().canonical()), "");
  EXPECT_DEATH(LetterKey(card.token()), "");
}

}  // namespace
}  // namespace kaiku::print
