#include "server/print/sheet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "tests/unit/print/paper.hpp"
#include "tests/unit/print/sample.hpp"

namespace kaiku::print {
namespace {

using contract::Language;
using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pointwise;
using testing::UnorderedElementsAre;

constexpr double tolerance_mm = 0.2;
// Where the crop marks of the columns (rows) are, and nothing else.
constexpr Box above_cards{2, 7.5, 206, 3};
constexpr Box below_cards{2, 286.5, 206, 3};
constexpr double mark_inset = 3;

Box box_at(Point corner, Offset offset = {}) {
  return {corner.x + offset.x_mm, corner.y + offset.y_mm, card_size.width, card_size.height};
}
std::vector<Box> places(Spacing spacing, Offset offset = {}) {
  std::vector<Box> boxes;
  for (std::size_t place = 0; place < places_on_sheet; ++place) {
    boxes.push_back(box_at(place_corner(spacing, place), offset));
  }
  return boxes;
}
auto codes_of(Card const& card) {
  return UnorderedElementsAre("QR-Code:" + card.token(), "CODE-128:" + card.code().canonical());
}

// Crop marks, found again on the picture of a page.
void expect_cutting_lines(Picture const& picture, std::vector<double> const& columns,
                          std::vector<double> const& rows) {
  double const left = columns.front();
  double const right = columns.back();
  EXPECT_THAT(picture.upright_lines_in(above_cards), Pointwise(DoubleNear(tolerance_mm), columns));
  EXPECT_THAT(picture.upright_lines_in(below_cards), Pointwise(DoubleNear(tolerance_mm), columns));
  EXPECT_THAT(picture.level_lines_in({left - mark_inset - 3, 2, 3, 293}),
              Pointwise(DoubleNear(tolerance_mm), rows));
  EXPECT_THAT(picture.level_lines_in({right + mark_inset, 2, 3, 293}),
              Pointwise(DoubleNear(tolerance_mm), rows));
}

TEST(CardSheets, with_gaps_are_cut_where_the_form_says) {
  Paper const paper(card_sheets_pdf(sample::stock_cards(10), sample::design(), {}, Language::fi));
  EXPECT_NEAR(paper.page_size().width, 210, tolerance_mm);
  EXPECT_NEAR(paper.page_size().height, 297, tolerance_mm);
  Picture const picture = paper.picture(300);
  expect_cutting_lines(picture, {15, 100, 110, 195}, {13.5, 67.5, 121.5, 175.5, 229.5, 283.5});
  EXPECT_THAT(picture.level_lines_in({103.5, 2, 3, 293}),
              Pointwise(DoubleNear(tolerance_mm),
                        std::vector<double>{13.5, 67.5, 121.5, 175.5, 229.5, 283.5}));
}

TEST(CardSheets, without_gaps_are_cut_where_the_form_says) {
  Paper const paper(
      card_sheets_pdf(sample::stock_cards(10), sample::design(), {Spacing::no_gaps}, Language::fi));
  expect_cutting_lines(paper.picture(300), {20, 105, 190},
                       {13.5, 67.5, 121.5, 175.5, 229.5, 283.5});
}

TEST(CardSheets, have_each_card_at_its_place_and_go_on_on_the_next_page) {
  auto const cards = sample::stock_cards(13);
  for (auto const spacing : {Spacing::gaps, Spacing::no_gaps}) {
    Paper const paper(card_sheets_pdf(cards, sample::design(), {spacing}, Language::fi));
    ASSERT_EQ(paper.pages(), 2);
    auto codes = paper.codes_in(places(spacing), 1);
    std::ranges::copy(paper.codes_in(places(spacing), 2), std::back_inserter(codes));
    ASSERT_EQ(codes.size(), 2 * places_on_sheet);
    for (std::size_t at = 0; at < cards.size(); ++at) {
      EXPECT_THAT(codes[at], codes_of(cards[at]));
    }
    EXPECT_THAT(codes[cards.size()], IsEmpty());
  }
}

TEST(CardSheets, say_in_the_margin_what_they_are_and_how_to_print_them) {
  Paper const paper(card_sheets_pdf(sample::stock_cards(13), sample::design(), {}, Language::sv));
  EXPECT_THAT(paper.text(1), HasSubstr("Parti 0042: kort 0042-0001–0042-0010 "
                                       "Sida 1/2 · Skriv ut i 100 % "));
  EXPECT_THAT(paper.text(2), HasSubstr("Parti 0042: kort 0042-0011–0042-0013 "
                                       "Sida 2/2 · Skriv ut i 100 % "));
}

TEST(CardSheets, of_cards_made_on_the_spot_name_no_batch) {
  Paper const paper(card_sheets_pdf({sample::made_card()}, sample::design(), {}, Language::fi));
  EXPECT_THAT(paper.text(), HasSubstr("Sivu 1/1 · Tulosta 100 %"));
  EXPECT_THAT(paper.text(), Not(HasSubstr("Erä")));
}

TEST(CardSheets, move_as_a_whole_by_the_offset) {
  Offset const offset{-1.5, 4};
  auto const cards = sample::stock_cards(10);
  Paper const paper(
      card_sheets_pdf(cards, sample::design(), {Spacing::no_gaps, offset}, Language::fi));
  Picture const picture = paper.picture(300);
  EXPECT_THAT(picture.upright_lines_in({2, 11.5, 206, 3}),
              Pointwise(DoubleNear(tolerance_mm), std::vector<double>{18.5, 103.5, 188.5}));
  EXPECT_THAT(picture.level_lines_in({12.5, 2, 3, 293}),
              Pointwise(DoubleNear(tolerance_mm),
                        std::vector<double>{17.5, 71.5, 125.5, 179.5, 233.5, 287.5}));
  auto const codes = paper.codes_in(places(Spacing::no_gaps, offset));
  EXPECT_THAT(codes[0], codes_of(cards[0]));
  EXPECT_THAT(codes[9], codes_of(cards[9]));
}

TEST(CardSheets, have_backs_mirrored_for_the_long_edge) {
  auto design = sample::design();
  design.found_contact = "puh. 08 615 5221";
  for (auto const spacing : {Spacing::gaps, Spacing::no_gaps}) {
    Paper const paper(
        card_sheets_pdf(sample::stock_cards(13), design, {spacing, {2, -1}}, Language::fi));
    ASSERT_EQ(paper.pages(), 4);
    EXPECT_THAT(paper.text(3), HasSubstr("0042-0011"));
    // Three faces: left, right, left. Seen from behind: right, left, right.
    Picture const backs = paper.picture(100, 4);
    for (std::size_t place = 0; place < places_on_sheet; ++place) {
      bool const has_back = place == 0 || place == 1 || place == 3;
      EXPECT_EQ(backs.ink_share(box_at(place_corner(spacing, place), {2, -1})) > 0, has_back)
          << place;
    }
  }
}

void expect_alone(Spacing spacing, std::size_t place) {
  auto const card = sample::made_card();
  Paper const paper(made_card_pdf(card, sample::design(), {spacing}, place, Language::fi));
  EXPECT_EQ(paper.pages(), 1);
  EXPECT_THAT(paper.codes_in(places(spacing))[place - 1], codes_of(card));
  EXPECT_THAT(paper.text(), HasSubstr("Tulosta 100 %"));
  Picture const picture = paper.picture(100);
  for (std::size_t other = 1; other <= places_on_sheet; ++other) {
    if (other == place) continue;
    EXPECT_EQ(picture.ink_share(box_at(place_corner(spacing, other - 1))), 0)
        << place << " writes on " << other;
  }
}

TEST(MadeCard, is_alone_at_its_place_of_the_sheet) {
  for (std::size_t place = 1; place <= places_on_sheet; ++place) expect_alone(Spacing::gaps, place);
  for (std::size_t const place : {1, 4, 10}) expect_alone(Spacing::no_gaps, place);
}

TEST(MadeCard, has_its_back_behind_it) {
  auto design = sample::design();
  design.found_contact = "puh. 08 615 5221";
  Paper const paper(made_card_pdf(sample::made_card(), design, {}, 3, Language::fi));
  ASSERT_EQ(paper.pages(), 2);
  Picture const back = paper.picture(100, 2);
  EXPECT_EQ(back.ink_share(box_at(place_corner(Spacing::gaps, 2))), 0);
  EXPECT_GT(back.ink_share(box_at(place_corner(Spacing::gaps, 3))), 0);
}

}  // namespace
}  // namespace kaiku::print
