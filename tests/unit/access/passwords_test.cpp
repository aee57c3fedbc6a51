#include "server/access/identity/passwords.hpp"

#include <gtest/gtest.h>

#include <string>

namespace kaiku::access {
namespace {

TEST(Passwords, scrypt_gives_the_vectors_of_rfc_7914_section_12) {
  EXPECT_EQ(to_hex(scrypt("", bytes_of(""), {16, 1, 1}, 64)),
            "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
            "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906");
  EXPECT_EQ(to_hex(scrypt("password", bytes_of("NaCl"), {1024, 8, 16}, 64)),
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
            "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
  EXPECT_EQ(to_hex(scrypt("pleaseletmein", bytes_of("SodiumChloride"), {16384, 8, 1}, 64)),
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
            "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
}

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
  EXPECT_EQ(code_of("xyz Maija.M xyz"), "has_username");
  EXPECT_EQ(code_of("kolme vihreää sammakkoa"), "fine");
  EXPECT_EQ(code_of("ääääöööö1234"), "fine");  // twelve characters, not bytes
}

}  // namespace
}  // namespace kaiku::access
