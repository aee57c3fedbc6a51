// Ed25519 (RFC 8032), pure, no context.
#include <algorithm>
#include <cassert>

#include "schema/crypto/crypto.hpp"
#include "schema/crypto/openssl_support.hpp"

namespace kaiku::crypto {

void KeyDeleter::operator()(evp_pkey_st* key) const { EVP_PKEY_free(key); }

std::optional<Ed25519PublicKey> Ed25519PublicKey::from_raw(ByteView raw32) {
  if (raw32.size() != 32) return std::nullopt;
  ErrorMark const mark;
  KeyHandle handle(
      EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, raw32.data(), raw32.size()));
  if (!handle) return std::nullopt;
  Ed25519PublicKey key;
  std::copy(raw32.begin(), raw32.end(), key.raw_.begin());
  key.key_ = std::move(handle);
  return key;
}

ByteArray<8> Ed25519PublicKey::key_id() const {
  Digest const digest = sha256(raw_);
  ByteArray<8> id{};
  std::copy_n(digest.begin(), id.size(), id.begin());
  return id;
}

bool Ed25519PublicKey::verify(ByteView message, ByteView signature64) const {
  if (!key_ || signature64.size() != 64) return false;
  ErrorMark const mark;
  MdContext const context(require(EVP_MD_CTX_new(), "digest context"));
  return EVP_DigestVerifyInit_ex(context.get(), nullptr, nullptr, nullptr, nullptr, key_.get(),
                                 nullptr) == 1 &&
         EVP_DigestVerify(context.get(), signature64.data(), signature64.size(), message.data(),
                          message.size()) == 1;
}

Ed25519PrivateKey Ed25519PrivateKey::from_seed(ByteView seed32) {
  assert(seed32.size() == 32);
  Ed25519PrivateKey key;
  std::copy(seed32.begin(), seed32.end(), key.seed_.begin());
  key.key_ = KeyHandle(require(
      EVP_PKEY_new_raw_private_key_ex(nullptr, "ED25519", nullptr, seed32.data(), seed32.size()),
      "Ed25519 key"));
  return key;
}

Ed25519PublicKey Ed25519PrivateKey::public_key() const {
  assert(key_);
  ByteArray<32> raw{};
  std::size_t size = raw.size();
  require_ok(EVP_PKEY_get_raw_public_key(key_.get(), raw.data(), &size), "Ed25519 public key");
  auto key = Ed25519PublicKey::from_raw(raw);
  if (!key) throw_openssl("Ed25519 public key");
  return *key;
}

ByteArray<64> Ed25519PrivateKey::sign(ByteView message) const {
  assert(key_);
  MdContext const context(require(EVP_MD_CTX_new(), "digest context"));
  ByteArray<64> signature{};
  std::size_t size = signature.size();
  require_ok(
      EVP_DigestSignInit_ex(context.get(), nullptr, nullptr, nullptr, nullptr, key_.get(), nullptr),
      "Ed25519");
  require_ok(EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()),
             "Ed25519");
  assert(size == signature.size());
  return signature;
}

}  // namespace kaiku::crypto
