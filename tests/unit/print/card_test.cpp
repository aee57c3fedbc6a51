#include "server/print/card.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/print/qr.hpp"
#include "tests/unit/print/paper.hpp"
#include "tests/unit/print/sample.hpp"

namespace kaiku::print {
namespace {

using contract::Language;
using testing::HasSubstr;
using testing::Not;
using testing::UnorderedElementsAre;

constexpr double tolerance_mm = 0.2;
constexpr Box qr_area{0, 0, 33, 34};
constexpr Box bars_area{0, 34.5, card_size.width, 13};

Box box_of(std::vector<Word> const& words, std::string const& text) {
  for (Word const& word : words) {
    if (word.text == text) return word.box;
  }
  ADD_FAILURE() << "nowhere: " << text;
  return {};
}

Paper paper_of(Card const& card, CardDesign const& design) {
  return Paper(card_pdf(card, design, Language::fi));
}

TEST(PrintedCard, is_as_large_as_a_card) {
  Paper const paper = paper_of(sample::stock_card(317), sample::design());
  EXPECT_EQ(paper.pages(), 1);
  EXPECT_NEAR(paper.page_size().width, 85, tolerance_mm);
  EXPECT_NEAR(paper.page_size().height, 54, tolerance_mm);
}

TEST(PrintedCard, has_its_code_as_text_as_qr_and_as_barcode) {
  auto const card = sample::stock_card(317);
  Paper const paper = paper_of(card, sample::design());
  EXPECT_EQ(paper.text(), "Kaiku " + card.code().text() + " kaiku.example/me 0042-0317 ");
  EXPECT_THAT(paper.codes(), UnorderedElementsAre("QR-Code:" + card.token(),
                                                  "CODE-128:" + card.code().canonical()));
}

TEST(PrintedCard, has_a_qr_of_26_mm_and_light_around_it) {
  for (auto const& card : {sample::stock_card(317), sample::made_card()}) {
    Picture const picture = paper_of(card, sample::design()).picture(600);
    Box const qr = picture.ink_in(qr_area);
    EXPECT_NEAR(qr.width, 26, tolerance_mm);
    EXPECT_NEAR(qr.height, 26, tolerance_mm);
    double const quiet = 4 * card_qr_module_mm;
    EXPECT_GE(qr.x, quiet);
    EXPECT_GE(qr.y, quiet);
    Box const with_quiet{qr.x - quiet, qr.y - quiet, qr.width + 2 * quiet, qr.height + 2 * quiet};
    Box const ink = picture.ink_in(with_quiet);
    EXPECT_NEAR(ink.width, qr.width, 0.01);
    EXPECT_NEAR(ink.height, qr.height, 0.01);
  }
}

TEST(PrintedCard, has_bars_of_four_tenths_of_a_millimetre_and_light_beside_them) {
  Box const bars =
      paper_of(sample::stock_card(317), sample::design()).picture(600).ink_in(bars_area);
  EXPECT_NEAR(bars.width, (12 * 11 + 35) * 0.4, tolerance_mm);
  EXPECT_NEAR(bars.height, 11, tolerance_mm);
  EXPECT_GE(bars.x, 10 * 0.4);
  EXPECT_LE(bars.x + bars.width, card_size.width - 10 * 0.4);
}

TEST(PrintedCard, has_its_code_in_large_type_inside_the_card) {
  auto const card = sample::stock_card(317);
  Box const code = box_of(paper_of(card, sample::design()).words(), card.code().text());
  // Each character of Noto Sans Mono is 0.6 of its size wide.
  EXPECT_GE(code.width, 14 * 0.6 * 16 * 25.4 / 72 - tolerance_mm);
  EXPECT_LE(code.x + code.width, card_size.width - 3);
}

TEST(PrintedCard, of_a_community_says_so_in_both_languages) {
  auto const community = sample::stock_card(317, CardKind::community);
  EXPECT_THAT(paper_of(community, sample::design()).text(),
              HasSubstr("Yhteisön kortti · Gemenskapskort"));
  EXPECT_THAT(paper_of(sample::stock_card(317), sample::design()).text(),
              Not(HasSubstr("Yhteisön")));
}

TEST(PrintedCard, made_on_the_spot_has_no_position) {
  auto const card = sample::made_card();
  EXPECT_EQ(paper_of(card, sample::design()).text(),
            "Kaiku " + card.code().text() + " kaiku.example/me ");
}

TEST(PrintedCard, has_a_mark_and_a_line_to_cut_only_where_they_are_asked_for) {
  constexpr Box mark_area{58, 2, 19, 10};
  constexpr Box corner{78, 0, 7, 6.8};
  auto design = sample::design();
  Picture const plain_card = paper_of(sample::stock_card(1), design).picture(200);
  EXPECT_EQ(plain_card.ink_share(mark_area), 0);
  EXPECT_EQ(plain_card.ink_share(corner), 0);
  design.mark = sample::mark();
  design.corner_to_cut = true;
  auto const card = sample::stock_card(1);
  Paper const paper = paper_of(card, design);
  Picture const rich = paper.picture(600);
  // 120 by 80 pixels in 17 by 8.5 mm: as high as there is room.
  Box const mark = rich.ink_in(mark_area);
  EXPECT_NEAR(mark.width, 8.5 * 120 / 80, tolerance_mm);
  EXPECT_NEAR(mark.x + mark.width, 76, tolerance_mm);
  EXPECT_GT(rich.ink_share(corner), 0);
  Box const cut = rich.ink_in({76.5, 0, 8.5, 9});
  EXPECT_NEAR(cut.x, 77, tolerance_mm);
  EXPECT_NEAR(cut.y + cut.height, 7.5, 0.3) << "the last dash ends before the edge";
  EXPECT_THAT(paper.codes(), UnorderedElementsAre("QR-Code:" + card.token(),
                                                  "CODE-128:" + card.code().canonical()));
}

TEST(PrintedCard, has_a_back_that_asks_the_finder_in_both_languages) {
  auto design = sample::design();
  design.found_contact = "Čáhput & Bállá, puh. 08 615 5221";
  Paper const paper = paper_of(sample::stock_card(1), design);
  EXPECT_EQ(paper.pages(), 2);
  EXPECT_NEAR(paper.page_size().width, 85, tolerance_mm);
  EXPECT_EQ(paper.text(2),
            "Löysitkö kortin? Čáhput & Bállá, puh. 08 615 5221 "
            "Hittade du kortet? Čáhput & Bállá, puh. 08 615 5221 ");
}

TEST(PrintedCard, keeps_a_long_address_off_the_bars) {
  auto design = sample::design();
  design.host = "kulttuuria-ja-liikuntaa.pitkannimenkunnanjakaupunki.esimerkki.example";
  auto const card = sample::stock_card(317);
  Paper const paper = paper_of(card, design);
  for (Word const& word : paper.words()) {
    if (word.box.y > 40) continue;
    EXPECT_LT(word.box.y + word.box.height, bars_area.y + 1) << word.text;
    EXPECT_LT(word.box.x + word.box.width, card_size.width - 1.5) << word.text;
  }
  EXPECT_THAT(paper.codes(), UnorderedElementsAre("QR-Code:" + card.token(),
                                                  "CODE-128:" + card.code().canonical()));
}

}  // namespace
}  // namespace kaiku::print
