// From a card code to its row in a snapshot: slow on purpose, so that a stolen kiosk is no list of
// codes.
#pragma once

#include <cstdint>

#include "schema/contract/card_code.hpp"
#include "schema/values/bytes.hpp"

namespace kaiku::contract {

// What every door needs to find a card. The salt is national and never changes; the key changes
// with the epoch, when a door is reported stolen.
struct RowKey {
  std::int64_t epoch = 0;
  Digest key{};
  ByteArray<16> salt{};
  int iterations = 0;
  bool operator==(RowKey const&) const = default;
};

inline constexpr int stretch_iterations = 20'000;  // some 5 ms: once in a card's life on the server

// PBKDF2-HMAC-SHA-256 (RFC 8018) of the code's canonical form, 32 bytes.
Digest stretch(CardCode const& code, ByteArray<16> const& salt, int iterations);

// The first 8 bytes of HMAC-SHA-256(row key, stretched), read as a big-endian number.
using RowHash = std::uint64_t;
RowHash row_hash(Digest const& row_key, Digest const& stretched);
// Both steps.
RowHash row_hash(RowKey const& key, CardCode const& code);

}  // namespace kaiku::contract
