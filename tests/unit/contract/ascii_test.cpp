#include "schema/values/ascii.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "schema/values/utf8.hpp"

namespace kaiku {
namespace {

TEST(Ascii, folds_letters_and_nothing_else) {
  for (int byte = 0; byte < 256; ++byte) {
    auto const c = static_cast<char>(byte);
    bool const upper = byte >= 'A' && byte <= 'Z';
    bool const lower = byte >= 'a' && byte <= 'z';
    EXPECT_EQ(ascii::lower(c), upper ? static_cast<char>(byte + 32) : c) << byte;
    EXPECT_EQ(ascii::upper(c), lower ? static_cast<char>(byte - 32) : c) << byte;
    EXPECT_EQ(ascii::is_letter(c), upper || lower) << byte;
    EXPECT_EQ(ascii::is_control(c), byte < 32 || byte == 127) << byte;
  }
  EXPECT_EQ(ascii::lowered("ÄÖ Maija.M@Kaiku"), "ÄÖ maija.m@kaiku");
  EXPECT_EQ(ascii::uppered("äö Maija.M@Kaiku"), "äö MAIJA.M@KAIKU");
}

TEST(Ascii, compares_letters_without_their_case) {
  EXPECT_TRUE(ascii::same_letters("Cache-Control", "cache-control"));
  EXPECT_FALSE(ascii::same_letters("cache-control", "cache-contro"));
  EXPECT_FALSE(ascii::same_letters("[", "{")) << "32 apart, and no letters";
  EXPECT_FALSE(ascii::same_letters("Ä", "ä"));
}

TEST(Ascii, knows_a_number_by_its_digits) {
  EXPECT_TRUE(ascii::is_digits("0099"));
  for (auto const* no : {"", "1 ", "+1", "1.0", "１"}) EXPECT_FALSE(ascii::is_digits(no)) << no;
}

TEST(Ascii, knows_hexadecimal_digits_in_either_case) {
  constexpr std::string_view small = "0123456789abcdef";
  constexpr std::string_view capital = "0123456789ABCDEF";
  for (int byte = 0; byte < 256; ++byte) {
    auto const c = static_cast<char>(byte);
    auto const at = std::min(small.find(c), capital.find(c));
    auto const value = at == small.npos ? -1 : static_cast<int>(at);
    EXPECT_EQ(ascii::hex_value(c), value) << byte;
  }
}

TEST(Ascii, takes_blanks_off_both_ends) {
  EXPECT_EQ(ascii::without_blanks(" \t a b\t "), "a b");
  EXPECT_EQ(ascii::without_blanks("a"), "a");
  EXPECT_EQ(ascii::without_blanks(" \t"), "");
  EXPECT_EQ(ascii::without_blanks("\r\n"), "\r\n") << "a line's end is no blank";
}

TEST(Utf8, counts_what_a_person_counts_but_for_joined_signs) {
  EXPECT_EQ(code_points_in(""), 0U);
  EXPECT_EQ(code_points_in("äö€😀a"), 5U);
}

}  // namespace
}  // namespace kaiku
