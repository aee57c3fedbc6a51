#include "server/keys/vault.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "schema/crypto/crypto.hpp"
#include "server/sql/sqlite.hpp"

namespace kaiku::keys {
namespace {

constexpr std::size_t nonce_size = 12;

void add_big_endian(Bytes& out, std::int64_t value) {
  auto const bits = static_cast<std::uint64_t>(value);
  for (int shift = 56; shift >= 0; shift -= 8) {
    out.push_back(static_cast<std::uint8_t>((bits >> shift) & 0xffU));
  }
}

// table ‖ 0x00 ‖ row ‖ version: no two places give the same bytes.
Bytes associated_data(VaultPlace place) {
  std::string_view const table = place.table;
  Bytes out(table.begin(), table.end());
  out.push_back(0);
  add_big_endian(out, place.row);
  add_big_endian(out, place.version);
  return out;
}

}  // namespace

Bytes vault_seal(KeyRing const& keys, Random& random, VaultPlace place, ByteView plain) {
  auto const nonce = random.bytes<nonce_size>();
  Bytes const sealed = crypto::aes_gcm_seal(keys.vault, nonce, associated_data(place), plain);
  Bytes out(nonce_size + sealed.size());
  std::copy(sealed.begin(), sealed.end(), std::copy(nonce.begin(), nonce.end(), out.begin()));
  return out;
}

Bytes vault_open(KeyRing const& keys, VaultPlace place, ByteView sealed) {
  if (sealed.size() >= nonce_size) {
    auto plain = crypto::aes_gcm_open(keys.vault, sealed.first(nonce_size), associated_data(place),
                                      sealed.subspan(nonce_size));
    if (plain) return std::move(*plain);
  }
  // Not one of the fatal codes: one bad row must not stop the whole server.
  throw sql::StorageError::damaged(std::string("a row of ") + place.table +
                                   " does not open: it is damaged, or sealed under another key");
}

ByteArray<16> lookup_value(KeyRing const& keys, std::string_view purpose, std::string_view value) {
  Bytes input(purpose.begin(), purpose.end());
  input.push_back(0);
  input.insert(input.end(), value.begin(), value.end());
  Digest const digest = crypto::hmac_sha256(keys.index, input);
  ByteArray<16> out{};
  std::copy_n(digest.begin(), out.size(), out.begin());
  return out;
}

}  // namespace kaiku::keys
