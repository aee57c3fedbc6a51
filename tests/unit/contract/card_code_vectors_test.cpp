// The table in tests/vectors/card_codes.json, worked out apart from this program: what every port
// of codes, tokens and row hashes has to satisfy.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "schema/contract/card_token.hpp"
#include "schema/contract/row_hash.hpp"

namespace kaiku::contract {
namespace {

using Json = nlohmann::json;

Json const& vectors() {
  static Json const read = [] {
    std::ifstream file(KAIKU_SOURCE_DIR "/tests/vectors/card_codes.json");
    return Json::parse(file);
  }();
  return read;
}

CardCode code_in(Json const& row) {
  return CardCode::parse(row.at("code").get<std::string>()).value();
}

template <std::size_t N>
ByteArray<N> hex_in(Json const& row, char const* name) {
  auto const bytes = from_hex(row.at(name).get<std::string>()).value();
  ByteArray<N> out{};
  EXPECT_EQ(bytes.size(), N);
  std::copy_n(bytes.begin(), std::min(bytes.size(), N), out.begin());
  return out;
}

TEST(CardCodeVectors, show_bits_as_codes_and_read_them_back) {
  ASSERT_FALSE(vectors().at("codes").empty());
  for (auto const& row : vectors().at("codes")) {
    auto const bits = std::stoull(row.at("bits").get<std::string>(), nullptr, 16);
    EXPECT_EQ(CardCode::from_bits(bits).text(), row.at("code"));
    EXPECT_EQ(code_in(row).bits(), bits);
  }
}

TEST(CardCodeVectors, read_what_people_type_and_refuse_what_is_none) {
  for (auto const& row : vectors().at("typed")) {
    auto const read = CardCode::parse(row.at("typed").get<std::string>());
    ASSERT_TRUE(read) << row;
    EXPECT_EQ(read->text(), row.at("code"));
  }
  for (auto const& text : vectors().at("unreadable")) {
    EXPECT_FALSE(CardCode::parse(text.get<std::string>())) << text;
  }
}

// What a scanner of a card's bars types, its prefix and its line's end with it.
TEST(CardCodeVectors, read_what_scanners_of_bars_send) {
  ASSERT_FALSE(vectors().at("scanned").empty());
  for (auto const& row : vectors().at("scanned")) {
    auto const read = parse_card_input(row.at("scanned").get<std::string>());
    ASSERT_TRUE(read) << row;
    EXPECT_EQ(code_of(*read).text(), row.at("code"));
    EXPECT_TRUE(is_typed(*read)) << row;
  }
  for (auto const& text : vectors().at("not_scanned")) {
    EXPECT_FALSE(parse_card_input(text.get<std::string>())) << text;
  }
}

TEST(CardCodeVectors, make_the_same_token_byte_for_byte) {
  auto const key = crypto::Ed25519PrivateKey::from_seed(Bytes(32, 7));
  for (auto const& row : vectors().at("tokens")) {
    CardClaims claims{AreaId::parse(row.at("issuer").get<std::string>()).value(),
                      row.at("issued_at"), code_in(row), std::nullopt};
    if (auto const& stock = row.at("stock"); !stock.is_null()) {
      claims.stock = StockPosition{stock.at(0), stock.at(1)};
    }
    EXPECT_EQ(make_card_token(claims, key), row.at("text"));
    auto const read = parse_card_token(row.at("text").get<std::string>());
    ASSERT_TRUE(read) << row;
    EXPECT_EQ(read->claims.code, claims.code);
    EXPECT_EQ(read->encoded.size(), row.at("size"));
    EXPECT_TRUE(read->verify(key.public_key()));
  }
}

TEST(CardCodeVectors, find_the_same_rows) {
  for (auto const& row : vectors().at("rows")) {
    RowKey key;
    key.key = hex_in<32>(row, "row_key");
    key.salt = hex_in<16>(row, "salt");
    key.stretch.cost = {row.at("n"), row.at("r"), row.at("p")};
    auto const stretched = stretch(code_in(row), key);
    EXPECT_EQ(to_hex(stretched), row.at("stretched"));
    EXPECT_EQ(row_hash(key, code_in(row)),
              std::stoull(row.at("row").get<std::string>(), nullptr, 16));
  }
}

}  // namespace
}  // namespace kaiku::contract
