#include "server/print/stickers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "tests/unit/print/paper.hpp"
#include "tests/unit/print/sample.hpp"

namespace kaiku::print {
namespace {

using contract::Language;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr double tolerance_mm = 0.2;

Box box_at(std::size_t place, Offset offset = {}) {
  auto const [x, y] = sticker_corner(place);
  return {x + offset.x_mm, y + offset.y_mm, sticker_size.width, sticker_size.height};
}

TEST(Stickers, read_back_at_their_places_and_go_on_on_the_next_page) {
  auto const cards = sample::stock_cards(24);
  Paper const paper(sticker_sheets_pdf(cards, {}, Language::fi));
  ASSERT_EQ(paper.pages(), 2);
  std::vector<Box> places;
  for (std::size_t place = 0; place < stickers_on_sheet; ++place) places.push_back(box_at(place));
  auto codes = paper.codes_in(places, 1);
  std::ranges::copy(paper.codes_in(places, 2), std::back_inserter(codes));
  for (std::size_t at = 0; at < cards.size(); ++at) {
    EXPECT_THAT(codes[at], ElementsAre("QR-Code:" + cards[at].token()));
  }
  auto const code = cards[23].code().text();
  EXPECT_THAT(paper.text(2), HasSubstr("0042-0024 Kaiku " + code.substr(0, 5) + " " +
                                       code.substr(5, 5) + " " + code.substr(10) + " "));
  EXPECT_THAT(paper.text(2), HasSubstr("Erä 0042: kortit 0042-0022–0042-0024 Sivu 2/2"));
}

TEST(Stickers, lie_within_their_labels_even_where_a_printer_misses_by_a_millimetre) {
  auto cards = sample::stock_cards(20);
  cards.push_back(sample::stock_card(9999, CardKind::community));
  Offset const offset{1.5, -2};
  Picture const picture = Paper(sticker_sheets_pdf(cards, offset, Language::sv)).picture(200);
  for (std::size_t place = 0; place < stickers_on_sheet; ++place) {
    Box const label = box_at(place, offset);
    Box const ink = picture.ink_in(label);
    EXPECT_GE(ink.x - label.x, 1) << place;
    EXPECT_GE(ink.y - label.y, 1) << place;
    EXPECT_LE(ink.x + ink.width, label.x + label.width - 1) << place;
    EXPECT_LE(ink.y + ink.height, label.y + label.height - 1) << place;
    Box const qr = picture.ink_in({label.x, label.y, 30, 33});
    EXPECT_NEAR(qr.width, 26, tolerance_mm);
    EXPECT_NEAR(qr.height, 26, tolerance_mm);
  }
}

TEST(Stickers, are_laid_out_as_the_sheets_that_are_sold) {
  EXPECT_NEAR(sticker_corner(0).x, 7.21, 0.01);
  EXPECT_NEAR(sticker_corner(0).y, 15.15, 0.01);
  EXPECT_NEAR(sticker_corner(1).x - sticker_corner(0).x, 66.04, 0.01);
  EXPECT_NEAR(sticker_corner(20).y, 15.15 + 6 * 38.1, 0.01);
}

}  // namespace
}  // namespace kaiku::print
