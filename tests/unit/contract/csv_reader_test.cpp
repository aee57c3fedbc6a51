#include "schema/codec/csv_reader.hpp"

#include <gtest/gtest.h>

namespace kaiku::codec {
namespace {

// Each record as LINE[cell|cell], with its flaw where it has one.
std::string read(std::string_view text) {
  std::string out;
  CsvReader reader(text);
  while (reader.next()) {
    out += std::to_string(reader.line()) + "[";
    bool is_first = true;
    for (auto const cell : reader.cells()) {
      if (!is_first) out += '|';
      is_first = false;
      out += cell;
    }
    out += "]";
    if (reader.flaw() == CsvFlaw::open_quotes) out += " open";
    if (reader.flaw() == CsvFlaw::stray_quotes) out += " stray";
  }
  return out;
}

TEST(CsvReader, takes_the_separator_from_the_header) {
  EXPECT_EQ(read("a;b\n1,5;2\n"), "1[a|b]2[1,5|2]");
  EXPECT_EQ(read("a,b\n1;5,2\n"), "1[a|b]2[1;5|2]");
}

TEST(CsvReader, takes_a_mark_either_line_end_empty_lines_and_blanks) {
  EXPECT_EQ(read("\xef\xbb\xbf"
                 "a,b\r\n\r\n 1 ,2\n\n3,4"),
            "1[a|b]3[1|2]5[3|4]");
  EXPECT_EQ(read(""), "");
  EXPECT_EQ(read("\n\r\n"), "");
}

TEST(CsvReader, keeps_empty_cells_also_the_last) {
  EXPECT_EQ(read("a,,c\n,,\n,"), "1[a||c]2[||]3[|]");
}

TEST(CsvReader, takes_quotes_with_what_stands_in_them) {
  EXPECT_EQ(read("a,b\n\"x, \"\"y\"\"\",\" z \"\n\"two\nlines\",1\nlast,2"),
            "1[a|b]2[x, \"y\"| z ]3[two\nlines|1]5[last|2]");
  EXPECT_EQ(read("\"a\"\r\n\"\"\r\n"), "1[a]2[]");
}

TEST(CsvReader, says_where_quotes_do_not_fit) {
  EXPECT_EQ(read("a,b\n\"x\"y,1\n2,3"), "1[a|b]2[x|1] stray3[2|3]");
  EXPECT_EQ(read("a,b\n1,\"x\n2,3\n"), "1[a|b]2[1|x\n2,3\n] open");
  EXPECT_EQ(read("a\nx\"y\n"), "1[a]2[x\"y]") << "quotes inside of a plain cell are text";
}

}  // namespace
}  // namespace kaiku::codec
