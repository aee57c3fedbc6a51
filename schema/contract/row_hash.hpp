// From a card code to its row in a snapshot: slow and large on purpose, so that a stolen kiosk is
// no list of codes.
#pragma once

#include <cstdint>

#include "schema/contract/card_code.hpp"
#include "schema/crypto/crypto.hpp"
#include "schema/values/bytes.hpp"

namespace kaiku::contract {

// How codes are made slow, by its number in the key list: cards are found by the one that their
// snapshot was made with, so that the cost can rise without a door losing a card.
struct Stretch {
  std::int64_t number = 1;
  crypto::ScryptCost cost;
  bool operator==(Stretch const&) const = default;
};

// 8 MiB and some 20 ms: once in a card's life on the server, once a scan at a door.
inline constexpr crypto::ScryptCost row_cost{8192, 8, 1};
// What a small door can pay: at most 64 MiB.
bool is_payable(crypto::ScryptCost const& cost);

// What every door needs to find a card. The salt is national and never changes; the key changes
// with the epoch, when a door is reported stolen.
struct RowKey {
  std::int64_t epoch = 0;
  Digest key{};
  ByteArray<16> salt{};
  Stretch stretch;
  bool operator==(RowKey const&) const = default;
};

// scrypt (RFC 7914) of the code's canonical form under the salt, 32 bytes.
Digest stretch(CardCode const& code, RowKey const& key);

// The first 8 bytes of HMAC-SHA-256(row key, stretched), read as a big-endian number.
using RowHash = std::uint64_t;
RowHash row_hash(Digest const& row_key, Digest const& stretched);
// Both steps.
RowHash row_hash(RowKey const& key, CardCode const& code);

}  // namespace kaiku::contract
