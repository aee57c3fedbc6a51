#include "schema/contract/card_code.hpp"

#include <array>
#include <cassert>

#include "schema/codec/personal_identity_code.hpp"

namespace kaiku::contract {
namespace {

// Crockford's base32: no I, L, O, U.
constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t digit_count = CardCode::length;
constexpr std::size_t group_size = 4;
constexpr unsigned bits_per_digit = 5;
// x⁵+x²+1, primitive over GF(2): x generates all 31 units of the field.
constexpr unsigned field_polynomial = 0b100101;

using Digits = std::array<std::uint8_t, digit_count>;

constexpr std::array<std::int8_t, 256> make_digit_values() {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    char const c = alphabet[i];
    auto const value = static_cast<std::int8_t>(i);
    values[static_cast<std::uint8_t>(c)] = value;
    if (c >= 'A') values[static_cast<std::uint8_t>(c - 'A' + 'a')] = value;
  }
  values['O'] = values['o'] = 0;
  for (char const c : {'I', 'i', 'L', 'l'}) values[static_cast<std::uint8_t>(c)] = 1;
  return values;
}
constexpr auto digit_values = make_digit_values();

constexpr unsigned times_x(unsigned element) {
  unsigned const doubled = element << 1;
  return (doubled & 0x20U) != 0 ? doubled ^ field_polynomial : doubled;
}

// Σ dᵢ·xⁱ by Horner's rule, from the last digit down.
unsigned weighted_sum(Digits const& digits) {
  unsigned sum = 0;
  for (std::size_t i = digits.size(); i-- > 0;) sum = times_x(sum) ^ digits[i];
  return sum;
}

// The last digit has weight x¹¹ and exactly one value makes the sum zero.
Digits digits_of(std::uint64_t bits) {
  Digits digits{};
  for (std::size_t i = digit_count - 1; i-- > 0;) {
    digits[i] = static_cast<std::uint8_t>(bits & 0x1fU);
    bits >>= bits_per_digit;
  }
  while (weighted_sum(digits) != 0) ++digits.back();
  return digits;
}

// Also of the characters that are left when whoever types it leaves gaps where a code has its own.
bool holds_identity_code(std::string_view canonical) {
  constexpr std::size_t without_sign = 10;
  if (codec::contains_personal_identity_code(canonical)) return true;
  for (std::size_t at = 0; at + without_sign <= canonical.size(); ++at) {
    if (codec::contains_personal_identity_code(canonical.substr(at, without_sign))) return true;
  }
  return false;
}

Error wrong_length() { return Error(Problem::unreadable, "a card code has twelve characters"); }

}  // namespace

CardCode CardCode::random(Random& random) {
  CardCode code(random.next64() & max_bits);
  while (holds_identity_code(code.canonical())) {
    code = CardCode(random.next64() & max_bits);
  }
  return code;
}

CardCode CardCode::from_bits(std::uint64_t bits55) {
  assert(bits55 <= max_bits);
  return CardCode(bits55);
}

Result<CardCode> CardCode::parse(std::string_view typed) {
  Digits digits{};
  std::size_t count = 0;
  for (char const c : typed) {
    if (c == ' ' || c == '-') continue;
    std::int8_t const value = digit_values[static_cast<std::uint8_t>(c)];
    if (value < 0) return Error(Problem::unreadable, "a character that no card code has");
    if (count == digit_count) return wrong_length();
    digits[count++] = static_cast<std::uint8_t>(value);
  }
  if (count != digit_count) return wrong_length();
  if (weighted_sum(digits) != 0) return Error(Problem::unreadable, "the code is mistyped");
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i + 1 < digit_count; ++i) bits = (bits << bits_per_digit) | digits[i];
  return CardCode(bits);
}

std::string CardCode::canonical() const {
  std::string out;
  out.reserve(digit_count);
  for (std::uint8_t const digit : digits_of(bits_)) out.push_back(alphabet[digit]);
  return out;
}

std::string CardCode::text() const {
  std::string out = canonical();
  for (std::size_t at = digit_count - group_size; at > 0; at -= group_size) out.insert(at, 1, '-');
  return out;
}

std::string CardCode::short_form() const { return "…" + canonical().substr(digit_count - 3); }

}  // namespace kaiku::contract
