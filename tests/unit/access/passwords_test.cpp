#include "server/access/identity/passwords.hpp"

#include <gtest/gtest.h>

#include <string>

namespace kaiku::access {
namespace {

TEST(Passwords, match_their_own_hash_alone) {
  SeededRandom random(1);
  auto const hash = hash_password("kolme vihreää sammakkoa", random);
  EXPECT_TRUE(password_matches("kolme vihreää sammakkoa", hash));
  EXPECT_FALSE(password_matches("kolme vihreää sammakkoA", hash));
}

TEST(Passwords, of_nobody_never_match) { EXPECT_FALSE(password_matches("", std::nullopt)); }

TEST(Passwords, are_salted) {
  SeededRandom random(1);
  auto const first = hash_password("sama salasana kaksi", random);
  auto const second = hash_password("sama salasana kaksi", random);
  EXPECT_NE(first.salt, second.salt);
  EXPECT_NE(first.hash, second.hash);
}

TEST(Passwords, that_others_would_try_first_are_refused) {
  auto const code_of = [](std::string const& password) {
    auto const fault = password_fault(password, "maija.m", "/password");
    return fault ? word_of(fault->code) : std::string_view("fine");
  };
  EXPECT_EQ(code_of("lyhyt"), "too_short");
  EXPECT_EQ(code_of(std::string(129, 'a')), "too_long");
  EXPECT_EQ(code_of("aaaaaaaaaaaa"), "too_common");
  EXPECT_EQ(code_of("Salasana2026!"), "too_common");
  EXPECT_EQ(code_of("PASSWORD1234"), "too_common");
  EXPECT_EQ(code_of("iloveyou1234"), "too_common");
  EXPECT_EQ(code_of("xyz Maija.M xyz"), "has_username");
  EXPECT_EQ(code_of("xyz MaijaM xyz 12"), "has_username");
  EXPECT_EQ(code_of("kolme vihreää sammakkoa"), "fine");
  EXPECT_EQ(code_of("ääääöööö1234"), "fine");  // twelve characters, not bytes
}

}  // namespace
}  // namespace kaiku::access
