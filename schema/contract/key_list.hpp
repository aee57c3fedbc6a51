// Which public keys a door may believe and how codes are made slow, signed by the root key that it
// was given at enrolment.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/contract/row_hash.hpp"
#include "schema/crypto/crypto.hpp"
#include "schema/values/bytes.hpp"
#include "schema/values/result.hpp"
#include "schema/values/time.hpp"

namespace kaiku::contract {

enum class KeyUse { card, snapshot, checkpoint, sealing };

struct ListedKey {
  KeyUse use = KeyUse::card;
  Bytes key;  // Ed25519: 32 bytes; sealing: P-256 point, 65 bytes
  Instant from;
  std::optional<Instant> until;  // nullopt: no end yet
  bool operator==(ListedKey const&) const = default;
};

// A way to stretch codes as the list names it; a door may be older than the algorithm. It stays
// listed as long as a door may hold rows that were made with it.
struct ListedStretch {
  std::int64_t number = 0;
  std::string algorithm;                 // "scrypt"
  std::vector<std::int64_t> parameters;  // of scrypt: N, r, p
  bool operator==(ListedStretch const&) const = default;

  static ListedStretch of(Stretch const& stretch);
};

// The version only goes up: a door keeps the highest that it has seen and refuses an older one.
struct KeyList {
  std::int64_t version = 0;
  std::vector<ListedKey> keys;
  std::vector<ListedStretch> stretches;  // their numbers rise
  bool operator==(KeyList const&) const = default;

  // Ed25519 keys of a use whose end has not come at `now`.
  std::vector<crypto::Ed25519PublicKey> keys_for(KeyUse use, Instant now) const;
  std::optional<crypto::P256PublicKey> sealing_key(Instant now) const;
  // Problem::unreadable when it is not listed, of an algorithm that this program does not know, or
  // dearer than a door can pay.
  Result<Stretch> stretch(std::int64_t number) const;
};

// COSE_Sign1, Ed25519 (schema/snapshot.cddl).
Bytes sign_key_list(KeyList const& list, crypto::Ed25519PrivateKey const& root);
// Problem::unreadable for another form or signature.
Result<KeyList> open_key_list(ByteView signed_list, crypto::Ed25519PublicKey const& root);

}  // namespace kaiku::contract
