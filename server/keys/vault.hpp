// The vault: what identifies, encrypted row by row (AES-256-GCM, key outside the database),
// erasable.
#pragma once

#include <optional>

#include "schema/contract/card_code.hpp"
#include "schema/values/bytes.hpp"
#include "server/keys/key_ring.hpp"
#include "server/sql/sqlite.hpp"

namespace kaiku::keys {

// The associated data binds a ciphertext to its table and row: a row moved elsewhere does not open.
struct VaultPlace {
  char const* table;
  std::int64_t row;
  std::int64_t version = 0;
};
// nonce (12) ‖ ciphertext ‖ tag
Bytes vault_seal(KeyRing const& keys, Random& random, VaultPlace place, ByteView plain);
// Throws StorageError when the row does not open: it is damaged or the key is another's.
Bytes vault_open(KeyRing const& keys, VaultPlace place, ByteView sealed);

// Keyed look-up value of a secret that must be found but not read: first 16 bytes of
// HMAC-SHA-256(index key, purpose ‖ 0x00 ‖ value).
ByteArray<16> lookup_value(KeyRing const& keys, std::string_view purpose, std::string_view value);

}  // namespace kaiku::keys
