#include "schema/contract/row_hash.hpp"

#include <cassert>

#include "schema/crypto/crypto.hpp"

namespace kaiku::contract {

Digest stretch(CardCode const& code, ByteArray<16> const& salt, int iterations) {
  assert(iterations > 0);
  return crypto::pbkdf2_hmac_sha256(code.canonical(), salt, iterations);
}

RowHash row_hash(Digest const& row_key, Digest const& stretched) {
  auto const mac = crypto::hmac_sha256(row_key, stretched);
  RowHash hash = 0;
  for (std::size_t i = 0; i < sizeof hash; ++i) hash = (hash << 8) | mac[i];
  return hash;
}

RowHash row_hash(RowKey const& key, CardCode const& code) {
  return row_hash(key.key, stretch(code, key.salt, key.iterations));
}

}  // namespace kaiku::contract
