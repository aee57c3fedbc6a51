#include "server/domain/given_card.hpp"

#include <gtest/gtest.h>

namespace kaiku::domain {
namespace {

contract::CardCode const code = contract::CardCode::from_bits(1'234'567);

TEST(GivenCard, is_a_card_by_its_typed_code) {
  for (auto const& given : {GivenCard(code.text()), GivenCard(code)}) {
    ASSERT_TRUE(given.card());
    EXPECT_EQ(contract::code_of(*given.card()), code);
    EXPECT_EQ(given.recovery_code(), std::nullopt);
    EXPECT_TRUE(given.is_typed());
  }
}

TEST(GivenCard, is_a_token_that_nobody_guesses) {
  auto const key = crypto::Ed25519PrivateKey::from_seed(ByteArray<32>{});
  auto const issuer = AreaId::parse("KEHA").value();
  auto const token = contract::make_card_token({issuer, 1'790'000'000, code, std::nullopt}, key);
  GivenCard const given(token);
  ASSERT_TRUE(given.card());
  EXPECT_EQ(contract::code_of(*given.card()), code);
  EXPECT_FALSE(given.is_typed());
}

TEST(GivenCard, is_a_recovery_code_however_it_was_typed) {
  for (auto const* text : {"AB01-CD0E", " abo1 cd0e ", "ABOICDOE"}) {
    GivenCard const given{std::string_view(text)};
    EXPECT_EQ(given.recovery_code(), "AB01CD0E") << text;
    EXPECT_EQ(given.card().error().problem, Problem::unreadable) << "it is no card to give";
    EXPECT_TRUE(given.is_typed()) << text;
  }
}

TEST(GivenCard, that_is_nothing_is_nobodys_guess) {
  for (auto const* text : {"", "0042-0317-0", "KK1AAAA", "AB01CD0"}) {
    GivenCard const given{std::string_view(text)};
    EXPECT_EQ(given.card().error().problem, Problem::unreadable) << text;
    EXPECT_EQ(given.recovery_code(), std::nullopt) << text;
    EXPECT_FALSE(given.is_typed()) << text;
  }
}

}  // namespace
}  // namespace kaiku::domain
