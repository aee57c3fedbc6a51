// The card code: 55 random bits as twelve characters of Crockford's base32, the last a check.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "schema/crypto/random.hpp"
#include "schema/values/bytes.hpp"
#include "schema/values/result.hpp"

namespace kaiku::contract {

class CardCode {
 public:
  static constexpr std::uint64_t max_bits = (std::uint64_t{1} << 55) - 1;
  static constexpr std::size_t length = 12;  // characters, without hyphens

  // Never one in the shape of a personal identity code, of eleven characters: two in a hundred
  // million would be, and no field of ours takes such a text.
  static CardCode random(Random& random);
  static CardCode from_bits(std::uint64_t bits55);  // asserts bits ≤ max_bits
  // Case, spaces and hyphens ignored, o→0, i and l→1. Problem::unreadable for a wrong length, a
  // foreign character or a check character that does not fit (Σ dᵢ·2ⁱ = 0 in GF(32), x⁵+x²+1).
  static Result<CardCode> parse(std::string_view typed);

  std::uint64_t bits() const { return bits_; }
  std::string text() const;        // "XXXX-XXXX-XXXX"
  std::string canonical() const;   // twelve characters, what is hashed and stretched
  std::string short_form() const;  // "…K7F": the last three, for screens after use
  auto operator<=>(CardCode const&) const = default;

 private:
  explicit CardCode(std::uint64_t bits) : bits_(bits) {}
  std::uint64_t bits_;
};

}  // namespace kaiku::contract
