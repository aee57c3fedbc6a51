#include "schema/contract/card_token.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "schema/codec/cbor.hpp"
#include "schema/codec/cose.hpp"
#include "tests/support/card_readings.hpp"

namespace kaiku::contract {
namespace {

constexpr std::int64_t issued_at_s = 1'795'000'000;

crypto::Ed25519PrivateKey card_key() { return crypto::Ed25519PrivateKey::from_seed(Bytes(32, 7)); }

CardClaims claims_of(std::string_view area, std::optional<StockPosition> stock) {
  return CardClaims{AreaId::parse(area).value(), issued_at_s,
                    CardCode::from_bits(0x0123456789abcdULL), stock};
}

// QR version 8 at level M has 154 data codewords (ISO/IEC 18004, table 7); alphanumeric mode takes
// 4 bits of mode, 9 of length, and 11 bits for two characters.
bool fits_qr_version_8_m(std::string_view text) {
  constexpr std::size_t capacity_bits = 154 * 8;
  return 4 + 9 + 11 * (text.size() / 2) + 6 * (text.size() % 2) <= capacity_bits;
}

std::string lower_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

TEST(CardToken, comes_back_with_its_claims_and_verifies) {
  auto const key = card_key();
  for (auto const& stock :
       {std::optional<StockPosition>{}, std::optional(StockPosition{42, 317})}) {
    CardClaims const claims = claims_of("KAINUU", stock);
    auto const token = parse_card_token(make_card_token(claims, key));
    ASSERT_TRUE(token);
    EXPECT_EQ(token->claims.issuer, claims.issuer);
    EXPECT_EQ(token->claims.issued_at_s, issued_at_s);
    EXPECT_EQ(token->claims.code, claims.code);
    EXPECT_EQ(token->claims.stock, stock);
    EXPECT_EQ(token->alg, cose::alg_ed25519);
    EXPECT_EQ(token->key_id, key.public_key().key_id());
    EXPECT_TRUE(token->verify(key.public_key()));
    EXPECT_FALSE(token->verify(crypto::Ed25519PrivateKey::from_seed(Bytes(32, 8)).public_key()));
  }
}

TEST(CardToken, has_one_encoding_that_does_not_change) {
  auto const token =
      parse_card_token(make_card_token(claims_of("KAIN", StockPosition{42, 317}), card_key()));
  ASSERT_TRUE(token);
  auto const message = cose::parse_sign1(token->encoded, cbor::card_token_limit).value();
  EXPECT_EQ(to_hex(message.payload),
            "a401644b41494e061a6afd86c007470123456789abcd3a0001000082182a19013d");
  EXPECT_EQ(to_hex(message.protected_header).substr(0, 10), "a201320448");
}

TEST(CardToken, is_at_most_124_bytes_for_any_area_and_stock_up_to_65535) {
  std::string const text =
      make_card_token(claims_of("KAINUU-1", StockPosition{65535, 65535}), card_key());
  EXPECT_LE(parse_card_token(text).value().encoded.size(), 124U);
  EXPECT_TRUE(fits_qr_version_8_m(text));
}

TEST(CardToken, says_the_codes_55_bits_in_seven_bytes_right_aligned) {
  for (std::uint64_t const bits : {std::uint64_t{0}, std::uint64_t{1}, CardCode::max_bits}) {
    auto claims = claims_of("KAIN", {});
    claims.code = CardCode::from_bits(bits);
    auto const token = parse_card_token(make_card_token(claims, card_key())).value();
    auto const message = cose::parse_sign1(token.encoded, cbor::card_token_limit).value();
    EXPECT_EQ(message.payload[message.payload.size() - 8], 0x47) << "a byte string of seven";
    std::uint64_t read = 0;
    for (auto const byte : message.payload.last(7)) read = (read << 8) | byte;
    EXPECT_EQ(read, bits);
  }
}

TEST(CardToken, fits_qr_version_8_level_m_whatever_its_claims) {
  EXPECT_TRUE(fits_qr_version_8_m(std::string(221, 'A')));
  EXPECT_FALSE(fits_qr_version_8_m(std::string(222, 'A')));
  CardClaims largest{AreaId::parse("ABCDEFGH").value(), 0xffffffffLL,
                     CardCode::from_bits(CardCode::max_bits),
                     StockPosition{0xffffffffLL, 0xffffffffLL}};
  std::string const text = make_card_token(largest, card_key());
  EXPECT_TRUE(fits_qr_version_8_m(text)) << text.size();
  EXPECT_TRUE(parse_card_token(text).value().verify(card_key().public_key()));
}

TEST(CardToken, has_only_characters_that_every_keyboard_layout_sends) {
  for (char const c : make_card_token(claims_of("A-1", StockPosition{1, 2}), card_key())) {
    EXPECT_TRUE((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) << c;
  }
}

TEST(CardToken, is_accepted_in_lower_case_on_purpose) {
  std::string const text = make_card_token(claims_of("KAIN", {}), card_key());
  auto const token = parse_card_token(lower_case(text));
  ASSERT_TRUE(token);
  EXPECT_TRUE(token->verify(card_key().public_key()));
  EXPECT_EQ(token->encoded, parse_card_token(text).value().encoded);
}

TEST(CardToken, is_accepted_with_the_older_number_of_the_algorithm) {
  auto const key = card_key();
  cbor::Writer header;
  header.map(2).integer(1).integer(cose::alg_eddsa).integer(4).bytes(key.public_key().key_id());
  Bytes const protected_header = std::move(header).finish();
  auto const emitted = parse_card_token(make_card_token(claims_of("KAIN", {}), key)).value();
  auto const payload = cose::parse_sign1(emitted.encoded, cbor::card_token_limit).value().payload;
  cbor::Writer out;
  out.tag(18).array(4).bytes(protected_header).map(0).bytes(payload);
  out.bytes(key.sign(cose::sig_structure(protected_header, {}, payload)));
  auto const token = parse_card_token("KK1" + to_base32(std::move(out).finish()));
  ASSERT_TRUE(token);
  EXPECT_EQ(token->alg, cose::alg_eddsa);
  EXPECT_TRUE(token->verify(key.public_key()));
}

TEST(CardToken, does_not_verify_with_any_character_changed) {
  auto const public_key = card_key().public_key();
  std::string const text = make_card_token(claims_of("KAIN", StockPosition{42, 317}), card_key());
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (char const c : std::string_view("A2QZ")) {
      if (text[at] == c) continue;
      std::string changed = text;
      changed[at] = c;
      auto const token = parse_card_token(changed);
      EXPECT_FALSE(token && token->verify(public_key)) << at << " " << c;
    }
  }
}

TEST(CardToken, is_unreadable_when_cut_anywhere_and_never_taken_for_a_code) {
  std::string const text = make_card_token(claims_of("KAIN", StockPosition{42, 317}), card_key());
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_FALSE(parse_card_token(text.substr(0, size))) << size;
    EXPECT_FALSE(parse_card_input(text.substr(0, size))) << size;
  }
}

TEST(CardInput, is_a_code_or_a_token) {
  CardCode const code = CardCode::from_bits(77);
  auto const typed = parse_card_input(code.text());
  ASSERT_TRUE(typed);
  EXPECT_EQ(std::get<CardCode>(*typed), code);
  auto const scanned = parse_card_input(make_card_token(claims_of("KAIN", {}), card_key()));
  ASSERT_TRUE(scanned);
  EXPECT_TRUE(std::get<UnverifiedToken>(*scanned).verify(card_key().public_key()));
}

TEST(CardInput, loses_the_white_space_that_scanners_and_people_put_around_it) {
  CardCode const code = CardCode::from_bits(77);
  std::string const token = make_card_token(claims_of("KAIN", {}), card_key());
  for (auto const& [before, after] : std::vector<std::pair<std::string, std::string>>{
           {"", "\r\n"}, {"", "\n"}, {"", "\r"}, {" ", " "}, {"\t", "\t\r\n"}, {"\n\n", "\n\n"}}) {
    EXPECT_EQ(std::get<CardCode>(parse_card_input(before + code.text() + after).value()), code);
    EXPECT_TRUE(parse_card_input(before + token + after));
    EXPECT_TRUE(parse_card_input(before + lower_case(token) + after));
  }
}

TEST(CardInput, is_read_whatever_scanners_hands_and_files_put_into_it) {
  SeededRandom random(11);
  for (int i = 0; i < 50; ++i) {
    auto claims = claims_of("KAIN", StockPosition{42, 317});
    claims.code = CardCode::random(random);
    auto const token = make_card_token(claims, card_key());
    for (auto const& [name, text] : test::good_readings(claims.code.text(), token)) {
      auto const read = parse_card_input(text);
      ASSERT_TRUE(read) << name;
      EXPECT_EQ(code_of(*read), claims.code) << name;
      EXPECT_EQ(is_typed(*read), name.find("QR") == std::string::npos) << name;
    }
    auto const other = CardCode::random(random).text();
    for (auto const& [name, text] : test::bad_readings(claims.code.text(), other)) {
      auto const read = parse_card_input(text);
      ASSERT_FALSE(read) << name;
      EXPECT_EQ(read.error().problem, Problem::unreadable) << name;
    }
  }
}

TEST(CardInput, of_a_code_that_begins_like_a_token_may_be_there_twice) {
  auto const kk1 = CardCode::from_bits(std::uint64_t{19} << 50 | std::uint64_t{19} << 45 |
                                       std::uint64_t{1} << 40 | 12345);
  for (auto const& text : {kk1.text() + kk1.text(), kk1.canonical() + kk1.canonical()}) {
    auto const read = parse_card_input(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(code_of(*read), kk1);
  }
}

TEST(CardInput, reads_a_code_that_begins_like_a_token_as_a_code) {
  SeededRandom random(5);
  std::uint64_t const kk1 =
      std::uint64_t{19} << 50 | std::uint64_t{19} << 45 | std::uint64_t{1} << 40;
  for (int i = 0; i < 200; ++i) {
    CardCode const code = CardCode::from_bits(kk1 | (random.next64() & ((1ULL << 40) - 1)));
    ASSERT_EQ(code.canonical().substr(0, 3), "KK1");
    std::string spaced;
    for (char const c : code.canonical()) spaced += std::string(1, c) + " ";
    for (std::string const& text :
         {code.text(), code.canonical(), lower_case(code.text()), spaced}) {
      auto const read = parse_card_input(text);
      ASSERT_TRUE(read) << text;
      EXPECT_EQ(std::get<CardCode>(*read), code);
    }
  }
}

TEST(CardInput, tells_two_different_cards_in_a_row_from_one_that_cannot_be_read) {
  auto const one = CardCode::from_bits(12'345'678);
  auto const other = CardCode::from_bits(87'654'321);
  auto const token = make_card_token(claims_of("KAINUU", std::nullopt), card_key());
  auto mistyped = one.canonical();
  mistyped.back() = mistyped.back() == 'X' ? 'Y' : 'X';
  for (auto const& text : {one.canonical() + other.canonical(), one.text() + " " + other.text(),
                           one.text() + token, token + one.text(), token + "\n" + one.text()}) {
    EXPECT_FALSE(parse_card_input(text)) << text;
    EXPECT_TRUE(holds_two_cards(text)) << text;
  }
  for (auto const& text :
       {mistyped, one.canonical() + one.canonical(), token + token, one.canonical() + mistyped,
        std::string(), std::string(5'000, 'A'), "KK1" + std::string(3'000, 'B')}) {
    EXPECT_FALSE(holds_two_cards(text)) << text;
  }
}

TEST(CardInput, is_unreadable_when_it_is_neither) {
  for (std::string_view const text :
       {"", " ", "\r\n", "KK1", "kk1", "0042-0317", "hello world", "KK2ABCDEFGHIJKL"}) {
    auto const read = parse_card_input(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().problem, Problem::unreadable);
  }
}

}  // namespace
}  // namespace kaiku::contract
