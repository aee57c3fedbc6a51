#include "server/domain/spoken_code.hpp"

#include <gtest/gtest.h>

#include <set>

namespace kaiku::domain {
namespace {

TEST(SpokenCode, has_a_character_for_each_byte_out_of_32_that_look_unlike) {
  std::set<char> seen;
  for (int byte = 0; byte < 256; ++byte) {
    auto const value = static_cast<std::uint8_t>(byte);
    auto const code = spoken_code(ByteView(&value, 1));
    ASSERT_EQ(code.size(), 1U);
    EXPECT_TRUE(has_only_code_characters(code));
    EXPECT_EQ(folded_code(code), code) << "what is read back is what was told";
    seen.insert(code.front());
  }
  EXPECT_EQ(seen.size(), 32U);
  for (char const c : {'I', 'L', 'O', 'U'}) EXPECT_FALSE(seen.contains(c)) << c;
}

TEST(SpokenCode, is_read_as_people_type_it) {
  EXPECT_EQ(folded_code(" ab-oO iIlL 7 "), "AB0011117");
  EXPECT_EQ(folded_code("\u00A0ab\u202Foo\u2009\u3000"
                        "7\t\uFEFF"),
            "AB007");
  EXPECT_FALSE(has_only_code_characters(folded_code("ab+u")));
}

}  // namespace
}  // namespace kaiku::domain
