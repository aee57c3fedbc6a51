// Thin, typed doors to OpenSSL's EVP: every primitive that the contract uses, and no more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "schema/values/bytes.hpp"

struct evp_pkey_st;
struct evp_md_ctx_st;

namespace kaiku::crypto {

Digest sha256(ByteView data);
Digest sha256(ByteView first, ByteView second);  // of the concatenation
Digest hmac_sha256(ByteView key, ByteView data);
Digest pbkdf2_hmac_sha256(std::string_view password, ByteView salt, int iterations);
bool equal_constant_time(ByteView a, ByteView b);

// What scrypt (RFC 7914) takes: 128·n·r bytes of memory, p times over.
struct ScryptCost {
  std::uint64_t n = 0;  // a power of two
  std::uint32_t r = 0;
  std::uint32_t p = 0;
  bool operator==(ScryptCost const&) const = default;
};
// Throws when OpenSSL cannot: no memory, or a cost that is none.
Bytes scrypt(std::string_view password, ByteView salt, ScryptCost cost, std::size_t length);

// AES-256-GCM, 96-bit nonce, 128-bit tag appended to the ciphertext (NIST SP 800-38D).
Bytes aes_gcm_seal(ByteView key32, ByteView nonce12, ByteView aad, ByteView plain);
// nullopt when the tag does not match or the input is shorter than a tag.
std::optional<Bytes> aes_gcm_open(ByteView key32, ByteView nonce12, ByteView aad, ByteView sealed);

struct KeyDeleter {
  void operator()(evp_pkey_st* key) const;
};
using KeyHandle = std::unique_ptr<evp_pkey_st, KeyDeleter>;

// Ed25519 (RFC 8032). Movable; signing is thread-safe.
class Ed25519PublicKey {
 public:
  static std::optional<Ed25519PublicKey> from_raw(ByteView raw32);
  ByteArray<32> const& raw() const { return raw_; }
  ByteArray<8> key_id() const;  // first 8 bytes of SHA-256 of the raw key
  bool verify(ByteView message, ByteView signature64) const;

 private:
  ByteArray<32> raw_{};
  std::shared_ptr<evp_pkey_st> key_;
};
class Ed25519PrivateKey {
 public:
  static Ed25519PrivateKey from_seed(ByteView seed32);
  ByteArray<32> const& seed() const { return seed_; }
  Ed25519PublicKey public_key() const;
  ByteArray<64> sign(ByteView message) const;

 private:
  ByteArray<32> seed_{};
  std::shared_ptr<evp_pkey_st> key_;
};

// P-256, ES256 as in COSE: signature is r ‖ s, 64 bytes (RFC 9053 section 2.1).
class P256PublicKey {
 public:
  // Uncompressed point, 65 bytes, or SubjectPublicKeyInfo DER.
  static std::optional<P256PublicKey> from_point(ByteView point65);
  static std::optional<P256PublicKey> from_spki_der(ByteView der);
  Bytes spki_der() const;
  ByteArray<65> point() const;
  // First 8 bytes of SHA-256 of the SubjectPublicKeyInfo; worked out once.
  ByteArray<8> const& key_id() const { return key_id_; }
  bool verify_es256(ByteView message, ByteView signature64) const;
  evp_pkey_st* native() const { return key_.get(); }

 private:
  friend class P256PrivateKey;
  explicit P256PublicKey(std::shared_ptr<evp_pkey_st> key);
  std::shared_ptr<evp_pkey_st> key_;
  ByteArray<8> key_id_{};
};
class P256PrivateKey {
 public:
  static P256PrivateKey generate();
  static std::optional<P256PrivateKey> from_pem(std::string_view pem);
  std::string pem() const;           // PKCS#8, unencrypted: for a file of mode 0600
  P256PublicKey public_key() const;  // made once, with the key
  ByteArray<64> sign_es256(ByteView message) const;
  // ECDH shared secret with a peer (x coordinate, 32 bytes).
  std::optional<ByteArray<32>> agree(P256PublicKey const& peer) const;
  evp_pkey_st* native() const { return key_.get(); }

 private:
  static P256PrivateKey from_handle(KeyHandle handle);
  std::shared_ptr<evp_pkey_st> key_;
  std::optional<P256PublicKey> public_key_;
};

// HKDF-SHA-256 (RFC 5869), 32 bytes out.
Digest hkdf_sha256(ByteView secret, ByteView salt, ByteView context);

// ECIES for journals: ephemeral P-256 ECDH, AES-256-GCM under HKDF-SHA-256(shared, no salt,
// context = point_e ‖ point_r).
// Form: version byte 1 ‖ ephemeral point (65) ‖ nonce (12) ‖ ciphertext and tag.
Bytes seal_to(P256PublicKey const& recipient, ByteView aad, ByteView plain);
std::optional<Bytes> open_sealed(P256PrivateKey const& recipient, ByteView aad, ByteView sealed);

}  // namespace kaiku::crypto
