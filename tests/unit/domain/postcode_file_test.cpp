#include "server/domain/postcode_file.hpp"

#include <gmock/gmock.h>

namespace kaiku::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

// "2 postcode": the faults of a file.
std::vector<std::pair<std::int64_t, PostcodeFault>> faults_of(std::string_view text) {
  std::vector<std::pair<std::int64_t, PostcodeFault>> faults;
  for (auto const& line : read_postcode_file(text).bad_lines) {
    faults.emplace_back(line.number, line.fault);
  }
  return faults;
}

TEST(PostcodeFile, is_read_however_it_was_saved) {
  for (std::string_view const text : {
           "00100;091\n02100;049\n",
           "00100;091\r\n02100;049\r\n",
           "00100;091\r02100;049\r",
           "00100;091\n\n02100;049",
           "\xef\xbb\xbf"
           "00100;091\n02100;049\n",
           "\xef\xbb\xbfpostinumero;kuntanumero\r\n00100;091\r\n02100;049\r\n",
           "Postnummer,Kommun\n00100,091\n02100,049\n",
           "postcode\tmunicipality\n00100\t091\n02100\t049\n",
           "postinumero kunta\n00100 091\n  02100   049\n",
           "\"postinumeroalue\";\"kunta\"\n\"00100\";\"091\"\n\"02100\" ; \"049\"\n",
       }) {
    auto const file = read_postcode_file(text);
    EXPECT_THAT(file.bad_lines, IsEmpty()) << text;
    EXPECT_THAT(file.rows, ElementsAre(Pair("00100", "091"), Pair("02100", "049"))) << text;
  }
}

TEST(PostcodeFile, tells_each_bad_line_and_why) {
  EXPECT_THAT(
      faults_of("100;91\n00100;91\n00100;091;\n00100091\nHelsinki;091\n"),
      ElementsAre(Pair(1, PostcodeFault::postcode), Pair(2, PostcodeFault::municipality),
                  Pair(3, PostcodeFault::municipality), Pair(4, PostcodeFault::not_two_columns),
                  Pair(5, PostcodeFault::postcode)));
}

TEST(PostcodeFile, does_not_take_a_first_line_for_column_names_whatever_it_says) {
  EXPECT_THAT(faults_of("Helsinki;Espoo\n00100;091\n"),
              ElementsAre(Pair(1, PostcodeFault::no_header_no_row)));
}

TEST(PostcodeFile, gets_lost_zeros_back_where_somebody_looks_at_it_and_says_so) {
  auto const file = read_postcode_file("100;91\n02100;49\n00200;091\n", LostZeros::put_back);
  EXPECT_THAT(file.bad_lines, IsEmpty());
  EXPECT_THAT(file.rows,
              ElementsAre(Pair("00100", "091"), Pair("02100", "049"), Pair("00200", "091")));
  EXPECT_EQ(file.mended_rows, 2);
  EXPECT_EQ(read_postcode_file("00100;091\n", LostZeros::put_back).mended_rows, 0);
  auto const swapped = read_postcode_file("091;00100\n", LostZeros::put_back);
  EXPECT_EQ(swapped.bad_lines.size(), 1U) << "the columns the other way round are no zeros";
}

TEST(PostcodeFile, of_nothing_is_a_fault) {
  for (std::string_view const text : {"", "\n\n", "\xef\xbb\xbf", "postinumero;kunta\n"}) {
    ASSERT_EQ(faults_of(text).size(), 1U) << text;
    EXPECT_EQ(faults_of(text).front().second, PostcodeFault::no_rows) << text;
  }
}

TEST(PostcodeFile, in_another_encoding_is_a_fault) {
  EXPECT_THAT(faults_of(std::string_view("\xff\xfe"
                                         "0\0001\0\n\0",
                                         8)),
              ElementsAre(Pair(1, PostcodeFault::not_text)));
}

TEST(TextOfFile, is_that_of_utf8_and_of_iso_8859_1) {
  EXPECT_EQ(text_of_file("00100;091;Åbo"), "00100;091;Åbo");
  EXPECT_EQ(text_of_file("00100;091;\xc5"
                         "bo \xe4\xf6\xff\xa0"),
            "00100;091;Åbo äöÿ\xc2\xa0");
  EXPECT_EQ(text_of_file("\xef\xbb\xbf"
                         "00100;091"),
            "\xef\xbb\xbf"
            "00100;091");
  EXPECT_EQ(text_of_file(""), "");
}

TEST(TextOfFile, is_none_of_what_has_zero_bytes) {
  EXPECT_FALSE(
      text_of_file(std::string_view("\xff\xfe"
                                    "0\0"
                                    "0\0",
                                    6)));
  EXPECT_FALSE(text_of_file(std::string_view("PK\3\4\0", 5)));
}

}  // namespace
}  // namespace kaiku::domain
