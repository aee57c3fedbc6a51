#include "schema/codec/personal_identity_code.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kaiku::codec {
namespace {

// Codes are made here from parts; numbers from 900 belong to nobody (they are for temporary use).
std::string check_character(std::string const& date, std::string const& number) {
  return std::string(1, "0123456789ABCDEFHJKLMNPRSTUVWXY"[std::stol(date + number) % 31]);
}
std::string code(std::string const& date, std::string const& sign,
                 std::string const& number = "905") {
  return date + sign + number + check_character(date, number);
}

TEST(PersonalIdentityCode, is_found_with_every_century_sign_in_any_case) {
  for (char const sign : std::string_view("+-UVWXYABCDEF")) {
    std::string const text = code("131052", std::string(1, sign));
    EXPECT_TRUE(contains_personal_identity_code(text)) << text;
    std::string lower = text;
    for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    EXPECT_TRUE(contains_personal_identity_code(lower)) << lower;
  }
}

TEST(PersonalIdentityCode, is_not_found_with_other_signs) {
  for (char const sign : std::string_view("0GHIJKLMNOPQRSTZ*/:_")) {
    EXPECT_FALSE(contains_personal_identity_code(code("131052", std::string(1, sign)))) << sign;
  }
}

TEST(PersonalIdentityCode, is_found_inside_other_text) {
  std::string const one = code("131052", "-");
  for (std::string const& text :
       {"hetu: " + one, one + ".", "x" + one + "x", "12" + one, "(" + one + ")", "äö" + one + "å",
        "first line\n" + one + "\nthird", one + one}) {
    EXPECT_TRUE(contains_personal_identity_code(text)) << text;
  }
}

TEST(PersonalIdentityCode, is_found_with_spaces_and_typographic_dashes_around_the_sign) {
  std::string const date = "131052";
  std::string const rest = "905" + check_character(date, "905");
  std::vector<std::string> const signs{" -",
                                       "- ",
                                       " - ",
                                       "  -  ",
                                       "\t-\n",
                                       "\xe2\x80\x90",
                                       "\xe2\x80\x91",
                                       "\xe2\x80\x93",
                                       " \xe2\x80\x94 ",
                                       "\xe2\x88\x92",
                                       "\xef\xbc\x8d",
                                       "\xc2\xad",
                                       "\xc2\xa0-\xc2\xa0",
                                       "\xe2\x80\xaf\xe2\x80\x93",
                                       "\xe2\x80\x8b-",
                                       " A ",
                                       " a",
                                       "+ "};
  for (std::string const& sign : signs) {
    EXPECT_TRUE(contains_personal_identity_code(date + sign + rest)) << sign;
  }
}

// A number with a letter to check it.
TEST(PersonalIdentityCode, is_found_with_gaps_anywhere_and_without_a_sign) {
  auto const x = check_character("131052", "901");
  ASSERT_EQ(x, "X");
  for (std::string const text :
       {"13.10.52-901X",
        "13. 10. 52 - 901 X",
        "131052-901 X",
        "131052-90 1X",
        "1 3 1 0 5 2-901X",
        "13\xc2\xa0\x31\x30\xc2\xa0\x35\x32-901X",
        "1310\xe2\x80\x8b\x35\x32-901X",
        "131052\xe2\x81\xa0-90\xef\xbb\xbf\x31X",
        "131052901X",
        "131052901x",
        "131052 901X",
        "131052 901 X",
        "131052.901X",
        "13.10.52 901X",
        "131052 A901X",
        "13 10 52 A 901 X",
        "hetu 131052901X.",
        "(131052901X)",
        "n:o 1310 52901X, muuta",
        "\xef\xbc\x91\xef\xbc\x93\xef\xbc\x91\xef\xbc\x90\xef\xbc\x95\xef\xbc\x92"
        "\xef\xbc\x8d\xef\xbc\x99\xef\xbc\x90\xef\xbc\x91\xef\xbc\xb8",
        "\xef\xbc\x91\xef\xbc\x93\x31\x30\x35\x32 901X"}) {
    EXPECT_TRUE(contains_personal_identity_code(text)) << text;
  }
  EXPECT_FALSE(contains_personal_identity_code("131052901Y"));
  EXPECT_FALSE(contains_personal_identity_code("13.10.52-901Y"));
  EXPECT_FALSE(contains_personal_identity_code("321052901X"));
}

TEST(PersonalIdentityCode, is_found_in_ten_digits_that_are_no_telephone_number) {
  std::string found;
  for (int n = 100; n < 1000 && found.empty(); ++n) {
    auto const check = check_character("131052", std::to_string(n));
    if (check >= "0" && check <= "9") found = std::to_string(n) + check;
  }
  ASSERT_EQ(found.size(), 4U);
  for (std::string const date : {"131052", "131052 ", "13.10.52 ", "131052-", "13.10.52-"}) {
    EXPECT_TRUE(contains_personal_identity_code(date + found)) << date;
  }
  for (std::string const date : {"040152", "050612"}) {
    for (int n = 100; n < 1000; ++n) {
      auto const number = std::to_string(n);
      auto const check = check_character(date, number);
      if (check > "9") continue;
      auto const digits = date + number + check;
      for (auto const& text :
           {digits, digits.substr(0, 3) + " " + digits.substr(3),
            digits.substr(0, 3) + " " + digits.substr(3, 3) + " " + digits.substr(6),
            digits.substr(0, 3) + "-" + digits.substr(3),
            digits.substr(0, 3) + " " + digits.substr(3, 3) + "-" + digits.substr(6),
            digits.substr(0, 4) + " " + digits.substr(4),
            digits.substr(0, 3) + " " + digits.substr(3, 4) + " " + digits.substr(7),
            "+358 " + digits.substr(1, 2) + " " + digits.substr(3)}) {
        ASSERT_FALSE(contains_personal_identity_code(text)) << text;
      }
    }
  }
}

TEST(PersonalIdentityCode, is_not_seen_in_dates_and_times) {
  for (int day = 1; day <= 28; ++day) {
    for (int month = 1; month <= 12; ++month) {
      for (int hour = 0; hour < 24; ++hour) {
        auto const two = [](int n) { return std::to_string(100 + n).substr(1); };
        auto const date = two(day) + "." + two(month) + ".20";
        for (auto const& text :
             {date + "26 " + two(hour) + ".00", date + "26 " + two(hour) + ".30",
              date + "26 - " + two(hour) + ".30", date + "26, " + two(hour) + ":15 A",
              two(day) + "." + two(month) + ".26 " + two(hour) + ".30",
              two(day) + "." + two(month) + ".26-" + two(hour) + "." + two(month) + ".26"}) {
          ASSERT_FALSE(contains_personal_identity_code(text)) << text;
        }
      }
    }
  }
}

TEST(PersonalIdentityCode, needs_the_right_check_character) {
  std::string const good = code("131052", "-");
  int found = 0;
  for (char const c : std::string_view("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
    found += contains_personal_identity_code(good.substr(0, 10) + c) ? 1 : 0;
  }
  EXPECT_EQ(found, 1);
}

TEST(PersonalIdentityCode, needs_a_real_date) {
  for (std::string const date :
       {"310452", "320152", "000152", "010052", "011352", "290253", "300252"}) {
    EXPECT_FALSE(contains_personal_identity_code(code(date, "-"))) << date;
  }
  EXPECT_TRUE(contains_personal_identity_code(code("290252", "-")));
  EXPECT_TRUE(contains_personal_identity_code(code("290200", "A")));   // 2000 was a leap year
  EXPECT_FALSE(contains_personal_identity_code(code("290200", "-")));  // 1900 was none
  EXPECT_FALSE(contains_personal_identity_code(code("290200", "+")));
}

TEST(PersonalIdentityCode, needs_a_number_from_002) {
  EXPECT_FALSE(contains_personal_identity_code(code("131052", "-", "000")));
  EXPECT_FALSE(contains_personal_identity_code(code("131052", "-", "001")));
  EXPECT_TRUE(contains_personal_identity_code(code("131052", "-", "002")));
  EXPECT_TRUE(contains_personal_identity_code(code("131052", "-", "999")));
}

TEST(PersonalIdentityCode, is_not_seen_in_harmless_text) {
  for (std::string_view const text :
       {"", "22.11.2026", "0042-0317", "puhelin 040 1234567", "00100 Helsinki", "131052", "131052-",
        "131052-905", "viite 1310 5290 5", "Kaikukortti 7K3M-9QX2-TB4C",
        "ihan tavallista tekstiä – ajatusviiva"}) {
    EXPECT_FALSE(contains_personal_identity_code(text)) << text;
  }
  EXPECT_FALSE(contains_personal_identity_code(std::string("\xff\xe2\x80\xc2", 4)));
}

TEST(PersonalIdentityCode, is_found_for_every_day_of_a_leap_year) {
  int found = 0;
  for (int month = 1; month <= 12; ++month) {
    for (int day = 1; day <= 31; ++day) {
      auto const number = std::to_string(1'000'000 + day * 10'000 + month * 100 + 4);
      found += contains_personal_identity_code(code(number.substr(1), "A")) ? 1 : 0;
    }
  }
  EXPECT_EQ(found, 366);
}

}  // namespace
}  // namespace kaiku::codec
