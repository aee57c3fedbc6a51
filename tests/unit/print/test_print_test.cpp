#include "server/print/test_print.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/print/qr.hpp"
#include "tests/unit/print/paper.hpp"
#include "tests/unit/print/sample.hpp"

namespace kaiku::print {
namespace {

using contract::Language;
using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pointwise;

constexpr double tolerance_mm = 0.2;

Box place(std::size_t at) {
  auto const [x, y] = place_corner(Spacing::gaps, at);
  return {x, y, card_size.width, card_size.height};
}
// The same without the frame.
Box inside(std::size_t at) {
  auto const box = place(at);
  return {box.x + 1, box.y + 1, box.width - 2, box.height - 2};
}

std::vector<double> tens_from(double first) {
  return {first, first + 10, first + 20, first + 30, first + 40, first + 50};
}

TEST(TestPrint, reads_nothing_but_its_word) {
  Paper const paper(test_print_pdf({}, Language::fi));
  EXPECT_EQ(paper.pages(), 1);
  auto const codes = paper.codes_in({place(4), place(6), place(8), place(5)});
  EXPECT_THAT(codes[0], ElementsAre("QR-Code:TESTI"));
  EXPECT_THAT(codes[1], ElementsAre("QR-Code:TESTI"));
  EXPECT_THAT(codes[2], ElementsAre("QR-Code:TESTI"));
  EXPECT_THAT(codes[3], ElementsAre("CODE-128:TESTI"));
}

TEST(TestPrint, has_qr_codes_of_a_cards_version_in_three_sizes) {
  Picture const picture = Paper(test_print_pdf({}, Language::fi)).picture(300);
  struct Case {
    std::size_t place;
    double module_mm;
  };
  for (auto const& [at, module_mm] : {Case{4, 0.53}, {6, 0.45}, {8, 0.40}}) {
    auto area = inside(at);
    area.height = 5 + 49 * module_mm;
    EXPECT_NEAR(picture.ink_in(area).width, 49 * module_mm, tolerance_mm) << module_mm;
  }
}

TEST(TestPrint, has_rulers_of_fifty_millimetres_both_ways) {
  Picture const picture = Paper(test_print_pdf({}, Language::fi)).picture(300);
  // Where only the ticks of tens are as long.
  Box const across = place(2);
  EXPECT_THAT(picture.upright_lines_in({across.x + 2, across.y + 5 + 4, 60, 0.8}),
              Pointwise(DoubleNear(tolerance_mm), tens_from(across.x + 5)));
  Box const down = place(3);
  EXPECT_THAT(picture.level_lines_in({down.x + 5 + 4, down.y + 1, 0.8, 52}),
              Pointwise(DoubleNear(tolerance_mm), tens_from(down.y + 2)));
}

TEST(TestPrint, frames_every_card_where_the_form_has_it) {
  for (auto const spacing : {Spacing::gaps, Spacing::no_gaps}) {
    Picture const picture = Paper(test_print_pdf({spacing, {1, -2}}, Language::en)).picture(300);
    for (std::size_t at = 0; at < places_on_sheet; ++at) {
      auto const corner = place_corner(spacing, at) + Point{1, -2};
      EXPECT_THAT(picture.level_lines_in({corner.x + 10, corner.y - 1, 60, 2}),
                  ElementsAre(DoubleNear(corner.y, tolerance_mm)));
      EXPECT_THAT(picture.upright_lines_in({corner.x - 1, corner.y + 10, 2, 30}),
                  ElementsAre(DoubleNear(corner.x, tolerance_mm)));
    }
  }
}

TEST(TestPrint, says_which_offset_and_which_form_are_in_force) {
  EXPECT_THAT(Paper(test_print_pdf({Spacing::gaps, {1.5, -0.5}}, Language::fi)).text(),
              HasSubstr("Arkki: välit 10 mm Siirtymä: x +1,5 mm, y –0,5 mm"));
  EXPECT_THAT(Paper(test_print_pdf({Spacing::no_gaps, {}}, Language::sv)).text(),
              HasSubstr("Ark: utan mellanrum Förskjutning: x 0,0 mm, y 0,0 mm"));
}

}  // namespace
}  // namespace kaiku::print
