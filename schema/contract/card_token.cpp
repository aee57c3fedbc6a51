#include "schema/contract/card_token.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>

#include "schema/codec/cbor.hpp"
#include "schema/codec/cose.hpp"
#include "schema/values/ascii.hpp"
#include "schema/values/lookalikes.hpp"

namespace kaiku::contract {
namespace {

constexpr std::string_view prefix = "KK1";
constexpr std::int64_t claim_issuer = 1;
constexpr std::int64_t claim_issued_at = 6;
constexpr std::int64_t claim_code = 7;
constexpr std::int64_t claim_stock = -65537;
// Four bytes each; with an issuer of 8 characters the text still fits QR version 8 at level M.
constexpr std::int64_t largest_number = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t code_size = 7;

Error unreadable(char const* why) { return Error(Problem::unreadable, why); }

bool in_range(std::int64_t number) { return number >= 0 && number <= largest_number; }

ByteArray<code_size> cti_of(CardCode code) {
  ByteArray<code_size> out{};
  std::uint64_t bits = code.bits();
  for (std::size_t i = out.size(); i-- > 0; bits >>= 8) {
    out[i] = static_cast<std::uint8_t>(bits & 0xffU);
  }
  return out;
}

Result<CardCode> code_from_cti(ByteView cti) {
  if (cti.size() != code_size) return unreadable("cti of a wrong length");
  std::uint64_t bits = 0;
  for (std::uint8_t const byte : cti) bits = (bits << 8) | byte;
  if (bits > CardCode::max_bits) return unreadable("cti beyond 55 bits");
  return CardCode::from_bits(bits);
}

Bytes encode_claims(CardClaims const& claims) {
  cbor::Writer out;
  out.map(claims.stock ? 4 : 3);
  out.integer(claim_issuer).text(claims.issuer.value);
  out.integer(claim_issued_at).integer(claims.issued_at_s);
  out.integer(claim_code).bytes(cti_of(claims.code));
  if (claims.stock) {
    out.integer(claim_stock).array(2).integer(claims.stock->batch).integer(claims.stock->position);
  }
  return std::move(out).finish();
}

// The next key of the claims map is the one that the profile has at this place.
bool key_is(cbor::Reader& reader, std::int64_t expected) {
  auto const key = reader.integer();
  return key && *key == expected;
}

Result<StockPosition> read_stock(cbor::Reader& reader) {
  auto const items = reader.array();
  if (!items || *items != 2) return unreadable("stock is [batch, position]");
  auto const batch = reader.integer();
  if (!batch || !in_range(*batch)) return unreadable("batch out of range");
  auto const position = reader.integer();
  if (!position || !in_range(*position)) return unreadable("position out of range");
  return StockPosition{*batch, *position};
}

Result<CardClaims> read_claims(ByteView payload) {
  cbor::Reader reader(payload, cbor::card_token_limit);
  auto const pairs = reader.map();
  if (!pairs || *pairs < 3 || *pairs > 4) return unreadable("not the claims of a card");
  if (!key_is(reader, claim_issuer)) return unreadable("no issuer");
  auto const issuer_text = reader.text();
  if (!issuer_text) return issuer_text.error();
  auto issuer = AreaId::parse(*issuer_text);
  if (!issuer) return unreadable("issuer of a wrong form");
  if (!key_is(reader, claim_issued_at)) return unreadable("no time of issue");
  auto const issued_at = reader.integer();
  if (!issued_at || !in_range(*issued_at)) return unreadable("time of issue out of range");
  if (!key_is(reader, claim_code)) return unreadable("no card code");
  auto const cti = reader.bytes();
  if (!cti) return cti.error();
  auto const code = code_from_cti(*cti);
  if (!code) return code.error();
  std::optional<StockPosition> stock;
  if (*pairs == 4) {
    if (!key_is(reader, claim_stock)) return unreadable("a claim that no card has");
    auto const read = read_stock(reader);
    if (!read) return read.error();
    stock = *read;
  }
  if (auto const end = reader.finish(); !end) return end.error();
  return CardClaims{std::move(*issuer), *issued_at, *code, stock};
}

// A code may itself begin with KK1, so only what is longer than any code counts as a token; hyphens
// are not counted because codes are typed with them.
bool looks_like_token(std::string_view reading) {
  if (!reading.starts_with(prefix)) return false;
  auto const hyphens = std::ranges::count(reading, '-');
  return reading.size() - static_cast<std::size_t>(hyphens) > CardCode::length;
}

// A scanner types as on a keyboard of the United States; what its hyphen and its bracket become on
// others. On their raw bytes, for with_plain_characters() makes a question mark of what is foreign.
std::string as_the_scanner_meant(std::string_view text) {
  static constexpr std::string_view hyphens = "+_/?'";
  static constexpr std::array<std::string_view, 3> brackets{"\u00E5", "\u00C5", "\u00A8"};
  std::string meant(text);
  std::ranges::replace_if(
      meant, [](char c) { return hyphens.find(c) != hyphens.npos; }, '-');
  for (auto const bracket : brackets) {
    for (auto at = meant.find(bracket); at != meant.npos; at = meant.find(bracket, at)) {
      meant.replace(at, bracket.size(), "]");
    }
  }
  return meant;
}

// What scanners, form fields, keyboards and files put into a reading without meaning anything:
// spaces of every kind, control characters, every sort of dash, lower case.
std::string plain_reading(std::string_view text) {
  auto reading = ascii::uppered(with_plain_characters(as_the_scanner_meant(text)));
  std::erase_if(reading, [](char c) { return c == ' ' || ascii::is_control(c); });
  return reading;
}

// Code 39 shows where it starts and stops, and some scanners send that along.
std::string_view without_stars(std::string_view reading) {
  bool const has_both = reading.size() > 2 && reading.starts_with('*') && reading.ends_with('*');
  return has_both ? reading.substr(1, reading.size() - 2) : reading;
}

// "]Q1", "]C0", "]d2": how a scanner says which symbology it read (ISO/IEC 15424).
std::string_view without_symbology(std::string_view reading) {
  bool const has_one = reading.size() > 3 && reading[0] == ']' && ascii::is_letter(reading[1]) &&
                       (ascii::is_letter(reading[2]) || ascii::is_digit(reading[2]));
  return has_one ? reading.substr(3) : reading;
}

Result<CardInput> parse_one(std::string_view reading) {
  reading = without_stars(without_symbology(reading));
  if (looks_like_token(reading)) {
    auto token = parse_card_token(reading);
    if (!token) return token.error();
    return CardInput(std::move(*token));
  }
  auto const code = CardCode::parse(reading);
  if (!code) return code.error();
  return CardInput(*code);
}

bool are_two_cards(std::string_view left, std::string_view right) {
  auto const first = parse_one(left);
  auto const second = parse_one(right);
  return first && second && code_of(*first) != code_of(*second);
}

// A scanner without an end of line gives one card twice as one text.
std::optional<CardInput> parse_twice(std::string_view reading) {
  if (reading.size() % 2 != 0) return std::nullopt;
  auto first = parse_one(reading.substr(0, reading.size() / 2));
  auto const second = parse_one(reading.substr(reading.size() / 2));
  if (!first || !second || is_typed(*first) != is_typed(*second)) return std::nullopt;
  if (code_of(*first) != code_of(*second)) return std::nullopt;
  return *std::move(first);
}

}  // namespace

std::string make_card_token(CardClaims const& claims, crypto::Ed25519PrivateKey const& key) {
  assert(AreaId::parse(claims.issuer.value) && in_range(claims.issued_at_s));
  assert(!claims.stock || (in_range(claims.stock->batch) && in_range(claims.stock->position)));
  return std::string(prefix) + to_base32(cose::sign1_ed25519(key, encode_claims(claims)));
}

bool UnverifiedToken::verify(crypto::Ed25519PublicKey const& key) const {
  if (key.key_id() != key_id) return false;
  auto const message = cose::parse_sign1(encoded, cbor::card_token_limit);
  return message && cose::verify(*message, key);
}

Result<UnverifiedToken> parse_card_token(std::string_view qr_text) {
  constexpr std::size_t longest = prefix.size() + (cbor::card_token_limit * 8 + 4) / 5;
  if (qr_text.size() > longest) return unreadable("too long for a card token");
  std::string const text = ascii::uppered(qr_text);
  if (!text.starts_with(prefix)) return unreadable("not a card token");
  auto encoded = from_base32(std::string_view(text).substr(prefix.size()));
  if (!encoded) return unreadable("not base32");
  auto const message = cose::parse_sign1(*encoded, cbor::card_token_limit);
  if (!message) return message.error();
  if (message->alg != cose::alg_ed25519 && message->alg != cose::alg_eddsa) {
    return unreadable("foreign algorithm");
  }
  ByteArray<8> key_id{};
  if (message->key_id.size() != key_id.size()) return unreadable("key id of a wrong length");
  std::copy(message->key_id.begin(), message->key_id.end(), key_id.begin());
  auto claims = read_claims(message->payload);
  if (!claims) return claims.error();
  std::int64_t const alg = message->alg;
  return UnverifiedToken{std::move(*claims), key_id, alg, std::move(*encoded)};
}

Result<CardInput> parse_card_input(std::string_view text) {
  auto reading = plain_reading(text);
  auto one = parse_one(reading);
  if (one) return one;
  std::erase(reading, '-');
  if (auto twice = parse_twice(reading)) return *std::move(twice);
  if (auto twice = parse_twice(without_symbology(reading))) return *std::move(twice);
  return one.error();
}

bool holds_two_cards(std::string_view text) {
  auto reading = plain_reading(text);
  std::erase(reading, '-');
  constexpr auto code_length = CardCode::length;
  constexpr std::size_t longest = 4 * cbor::card_token_limit;  // two tokens in base 32
  if (reading.size() < 2 * code_length || reading.size() > longest) return false;
  auto const parts_at = [view = std::string_view(reading)](std::size_t cut) {
    return are_two_cards(view.substr(0, cut), view.substr(cut));
  };
  if (parts_at(code_length) || parts_at(reading.size() - code_length)) return true;
  for (auto at = reading.find(prefix, 1); at != std::string::npos;
       at = reading.find(prefix, at + 1))
    if (parts_at(at)) return true;
  return false;
}

CardCode code_of(CardInput const& card) {
  if (auto const* code = std::get_if<CardCode>(&card)) return *code;
  return std::get<UnverifiedToken>(card).claims.code;
}

}  // namespace kaiku::contract
