#include "schema/codec/csv.hpp"

#include <gtest/gtest.h>

namespace kaiku::codec {
namespace {

// One row without the mark and the end of its line.
std::string row(std::vector<std::string> const& cells) {
  auto const text = csv_text({cells});
  EXPECT_TRUE(text.starts_with("\xef\xbb\xbf")) << text;
  EXPECT_TRUE(text.ends_with("\r\n")) << text;
  return text.substr(3, text.size() - 5);
}

TEST(Csv, begins_with_a_mark_and_ends_each_row_as_excel_does) {
  EXPECT_EQ(csv_text({{"Kortti", "Päivä"}, {"…7RJ", "22.11.2026"}}),
            "\xef\xbb\xbf"
            "Kortti;Päivä\r\n…7RJ;22.11.2026\r\n");
  EXPECT_EQ(csv_text({}), "\xef\xbb\xbf");
}

TEST(Csv, quotes_what_would_part_a_cell_and_nothing_else) {
  EXPECT_EQ(row({"a;b", "c"}), "\"a;b\";c");
  EXPECT_EQ(row({"sanoi \"ei\""}), "\"sanoi \"\"ei\"\"\"");
  EXPECT_EQ(row({"yksi\nkaksi", "a\r\nb"}), "\"yksi\nkaksi\";\"a\r\nb\"");
  EXPECT_EQ(row({"1,5", "a b", "", "c"}), "1,5;a b;;c");
}

TEST(Csv, lets_no_cell_begin_a_formula) {
  for (std::string const sign : {"=", "+", "-", "@", "\t"}) {
    EXPECT_EQ(row({sign + "1+1"}), "'" + sign + "1+1");
  }
  EXPECT_EQ(row({"\r=1"}), "\"'\r=1\"");
  EXPECT_EQ(row({"=HYPERLINK(\"a\";\"b\")"}), "\"'=HYPERLINK(\"\"a\"\";\"\"b\"\")\"")
      << "the apostrophe stands inside the quotes";
  EXPECT_EQ(row({"a=1", "5-7", ""}), "a=1;5-7;");
}

TEST(Csv, leaves_a_number_below_zero_a_number) {
  EXPECT_EQ(row({"-5", "-0,5", "-12.25"}), "-5;-0,5;-12.25");
  EXPECT_EQ(row({"-", "-5-1", "-,5", "-5,", "-1,2,3", "+5"}), "'-;'-5-1;'-,5;'-5,;'-1,2,3;'+5");
}

TEST(Csv, by_the_rfc_has_commas_and_no_mark) {
  EXPECT_EQ(csv_text({{"a,b", "c;d"}, {"say \"no\"", "=1+1"}}, CsvForm::rfc4180),
            "\"a,b\",c;d\r\n\"say \"\"no\"\"\",'=1+1\r\n");
  EXPECT_EQ(csv_text({}, CsvForm::rfc4180), "");
}

}  // namespace
}  // namespace kaiku::codec
