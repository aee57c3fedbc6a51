#include "server/print/code128.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "server/print/document.hpp"
#include "tests/unit/print/paper.hpp"

namespace kaiku::print {
namespace {

using testing::ElementsAre;

TEST(Code128, is_written_as_the_standard_has_it) {
  // Start B, "A", the check (104 + 33) mod 103 = 34, stop.
  EXPECT_THAT(code128_widths("A"), ElementsAre(2, 1, 1, 2, 1, 4, 1, 1, 1, 3, 2, 3, 1, 3, 1, 1, 2, 3,
                                               2, 3, 3, 1, 1, 1, 2));
}

TEST(Code128, is_as_wide_for_every_text_of_one_length) {
  for (std::string_view const text : {"000000000000", "ZZZZZZZZZZZZ", "KNC5FAWSJDFE"}) {
    auto const widths = code128_widths(text);
    EXPECT_EQ(std::accumulate(widths.begin(), widths.end(), 0), 12 * 11 + 35) << text;
  }
}

// Each character, and as many different check characters as there are texts.
TEST(Code128, reads_back_whatever_is_written_in_it) {
  constexpr double module_mm = 0.4;
  constexpr double row_height = 12;
  std::vector<std::string> texts;
  for (char first = ' '; first <= '~'; first = static_cast<char>(first + 5)) {
    std::string text = "x";  // no blank at either end: zbar's output is read by lines
    for (char c = first; c < first + 5 && c <= '~'; ++c) text += c;
    texts.push_back(text + "x");
  }
  Document document(a4, "Code 128", contract::Language::en);
  std::vector<Box> areas;
  for (std::size_t at = 0; at < texts.size(); ++at) {
    double const top = 10 + row_height * static_cast<double>(at);
    draw_code128(document.canvas(), {10, top}, module_mm, 8, texts[at]);
    areas.push_back({0, top - 1, 100, 10});
  }
  auto const found = Paper(document.finish()).codes_in(areas);
  for (std::size_t at = 0; at < texts.size(); ++at) {
    EXPECT_THAT(found[at], ElementsAre("CODE-128:" + texts[at]));
  }
}

}  // namespace
}  // namespace kaiku::print
