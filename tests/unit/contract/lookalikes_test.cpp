#include "schema/values/lookalikes.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace kaiku {
namespace {

std::string utf8(std::uint32_t point) {
  auto const tail = [&](unsigned shift) { return static_cast<char>(0x80 | (point >> shift & 63)); };
  if (point < 0x800) return {static_cast<char>(0xc0 | point >> 6), tail(0)};
  if (point < 0x10000) return {static_cast<char>(0xe0 | point >> 12), tail(6), tail(0)};
  return {static_cast<char>(0xf0 | point >> 18), tail(12), tail(6), tail(0)};
}

TEST(Lookalikes, are_what_a_plain_keyboard_has) {
  EXPECT_EQ(with_plain_characters("7K3M\u20139QX2\u2212TB4C"), "7K3M-9QX2-TB4C");
  EXPECT_EQ(with_plain_characters("\u00a0\u3000\uff17\uff2b"), "  7K");
  EXPECT_EQ(with_plain_characters("\u00e4\xff"), "??");
}

TEST(Lookalikes, without_width_are_left_out_and_all_else_stays) {
  EXPECT_EQ(without_what_has_no_width("1\u200b3\ufeff1\U000e00410"), "1310");
  EXPECT_EQ(without_what_has_no_width("\u00e4\u00a0\u00ad\xff"), "\u00e4\u00a0\u00ad\xff");
}

// A tag character was a question mark to the one and nothing to the other.
TEST(Lookalikes, without_width_are_spaces_to_whoever_wants_plain_characters) {
  int unseen = 0;
  for (std::uint32_t point = 0x80; point <= 0xe0fff; ++point) {
    if (point == 0xd800) point = 0xe000;    // surrogates
    if (point == 0x11000) point = 0xe0000;  // scripts, and then nothing
    auto const text = utf8(point);
    if (!without_what_has_no_width(text).empty()) continue;
    ++unseen;
    ASSERT_EQ(with_plain_characters(text), " ") << std::hex << point;
  }
  EXPECT_EQ(unseen, 3 + 5 + 5 + 16 + 16 + 1 + 128);
}

}  // namespace
}  // namespace kaiku
