#include "server/access/identity/common_passwords.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace kaiku::access {
namespace {

TEST(CommonPasswords, are_ten_thousand_and_tell_where_they_are_from) {
  auto const words = listed_common_passwords();
  EXPECT_EQ(std::set<std::string_view>(words.begin(), words.end()).size(), 10'000U);
  EXPECT_EQ(words.front(), "123456");
  EXPECT_NE(embedded_common_passwords().find("NIST SP 800-63B"), std::string_view::npos);
  EXPECT_NE(embedded_common_passwords().find("Permission is hereby granted"),
            std::string_view::npos);
}

TEST(CommonPasswords, stay_common_however_long_they_are_made) {
  for (std::string const password :
       {"iloveyou1234",     "ILoveYou1234",       "abc123abc123",
        "iloveyouiloveyou", "iloveyou iloveyou",  "dragon1dragon2",
        "dragon1monkey2",   "dragonmonkey",       "1dragon22monkey333shadow4444",
        "!!Superman2026!!", "superman!superman!", "Salasana2026!",
        "LÖSENORD 2026",    "LöSeNoRd2026",       "kaikukortti26",
        "123456123456",     "1234567890123456",   "qwertyuiop12",
        "Trustno1trustno1", "asdfjkl;",           "baseballbaseballbaseball"}) {
    EXPECT_TRUE(is_common_password(password)) << password;
  }
}

TEST(CommonPasswords, are_no_passphrases) {
  for (std::string const password :
       {"kolme vihreää sammakkoa", "kolme keltaista kanootia", "correct horse battery staple",
        "correcthorsebatterystaple", "a long password", "sama salasana kaksi", "tre gula kanoter",
        "dragon monkey shadow master", "dragon-monkey-shadow", "dragonmonkeyshadow",
        "Sininen7 talvi ja kaksi hiihtäjää", "gröna grodor hoppar", "x7Kq2mVb9tRw", "ääääöööö1234",
        "four quiet rivers", "vihreäsammakkohyppää"}) {
    EXPECT_FALSE(is_common_password(password)) << password;
  }
}

}  // namespace
}  // namespace kaiku::access
