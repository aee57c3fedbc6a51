#include "schema/values/spaces.hpp"

#include <gtest/gtest.h>

namespace kaiku {
namespace {

TEST(Spaces, around_text_are_no_part_of_it) {
  EXPECT_EQ(without_spaces_around("  Uimahalli \t\r\n"), "Uimahalli");
  EXPECT_EQ(without_spaces_around("\xc2\xa0"
                                  "Uima halli\xe2\x80\x8b"),
            "Uima halli");
  EXPECT_EQ(without_spaces_around("\xef\xbb\xbf\xe3\x80\x80\xc3\xa4"), "\xc3\xa4");
}

TEST(Spaces, alone_are_nothing) {
  for (auto const* text : {"", " ", "\t\n", "\xc2\xa0\xe2\x80\x8b", "\xe2\x80\x87\xe2\x81\xa0"}) {
    EXPECT_EQ(without_spaces_around(text), "") << text;
  }
}

}  // namespace
}  // namespace kaiku
