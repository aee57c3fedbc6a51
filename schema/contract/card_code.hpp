// The card code: 45 random bits as ten characters of Crockford's base32, the last of them a check.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "schema/crypto/random.hpp"
#include "schema/values/bytes.hpp"
#include "schema/values/result.hpp"

namespace kaiku::contract {

class CardCode {
 public:
  static constexpr std::uint64_t max_bits = (std::uint64_t{1} << 45) - 1;

  static CardCode random(Random& random);
  static CardCode from_bits(std::uint64_t bits45);  // asserts bits ≤ max_bits
  // Case, spaces and hyphens ignored, o→0, i and l→1. Problem::unreadable for a wrong length, a
  // foreign character or a check character that does not fit (Σ dᵢ·2ⁱ = 0 in GF(32), x⁵+x²+1).
  static Result<CardCode> parse(std::string_view typed);

  std::uint64_t bits() const { return bits_; }
  std::string text() const;        // "XXXXX-XXXXX"
  std::string canonical() const;   // ten characters, what is hashed and stretched
  std::string short_form() const;  // "…K7F": the last three, for screens after use
  auto operator<=>(CardCode const&) const = default;

 private:
  explicit CardCode(std::uint64_t bits) : bits_(bits) {}
  std::uint64_t bits_;
};

}  // namespace kaiku::contract
