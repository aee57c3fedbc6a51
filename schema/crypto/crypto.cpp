// Hashes, key derivation and AES-GCM. Methods are fetched once a process and contexts kept once a
// thread: fetching and allocating cost more than hashing a short message.
#include "schema/crypto/crypto.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <cassert>
#include <climits>

#include "schema/crypto/openssl_support.hpp"

namespace kaiku::crypto {
namespace {

using MacContext = std::unique_ptr<EVP_MAC_CTX, Freed<EVP_MAC_CTX_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Freed<EVP_CIPHER_CTX_free>>;
using KdfContext = std::unique_ptr<EVP_KDF_CTX, Freed<EVP_KDF_CTX_free>>;

constexpr std::size_t gcm_key_size = 32;
constexpr std::size_t gcm_nonce_size = 12;
constexpr std::size_t gcm_tag_size = 16;
// OpenSSL counts in int; nothing of ours comes near it.
constexpr std::size_t largest_input = INT_MAX / 2;

EVP_MD const* sha256_method() {
  static EVP_MD const* const method = require(EVP_MD_fetch(nullptr, "SHA256", nullptr), "SHA256");
  return method;
}

// OpenSSL takes a null key or salt for "as before"; an empty one still needs an address.
std::uint8_t const* address_of(ByteView bytes) {
  static constexpr std::uint8_t nothing = 0;
  return bytes.empty() ? &nothing : bytes.data();
}

std::uint8_t* without_const(ByteView bytes) {
  return const_cast<std::uint8_t*>(address_of(bytes));  // OSSL_PARAM has one type for both ways
}

CipherContext new_gcm_context(bool encrypting) {
  static EVP_CIPHER const* const method =
      require(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr), "AES-256-GCM");
  CipherContext context(require(EVP_CIPHER_CTX_new(), "cipher context"));
  require_ok(
      EVP_CipherInit_ex2(context.get(), method, nullptr, nullptr, encrypting ? 1 : 0, nullptr),
      "AES-256-GCM");
  return context;
}

void start_gcm(EVP_CIPHER_CTX* context, ByteView key, ByteView nonce, ByteView aad) {
  require_ok(EVP_CipherInit_ex2(context, nullptr, key.data(), nonce.data(), -1, nullptr),
             "AES key");
  int written = 0;
  if (!aad.empty()) {
    require_ok(
        EVP_CipherUpdate(context, nullptr, &written, aad.data(), static_cast<int>(aad.size())),
        "AES-GCM associated data");
  }
}

}  // namespace

Digest sha256(ByteView data) { return sha256(data, {}); }

Digest sha256(ByteView first, ByteView second) {
  thread_local MdContext const context(require(EVP_MD_CTX_new(), "digest context"));
  Digest out{};
  bool const good = EVP_DigestInit_ex2(context.get(), sha256_method(), nullptr) == 1 &&
                    EVP_DigestUpdate(context.get(), first.data(), first.size()) == 1 &&
                    EVP_DigestUpdate(context.get(), second.data(), second.size()) == 1 &&
                    EVP_DigestFinal_ex(context.get(), out.data(), nullptr) == 1;
  if (!good) throw_openssl("SHA-256");
  return out;
}

Digest hmac_sha256(ByteView key, ByteView data) {
  thread_local MacContext const context = [] {
    static EVP_MAC* const method = require(EVP_MAC_fetch(nullptr, "HMAC", nullptr), "HMAC");
    MacContext made(require(EVP_MAC_CTX_new(method), "HMAC context"));
    char name[] = "SHA256";
    std::array<OSSL_PARAM, 2> const params{
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0),
        OSSL_PARAM_construct_end()};
    require_ok(EVP_MAC_CTX_set_params(made.get(), params.data()), "HMAC digest");
    return made;
  }();
  Digest out{};
  std::size_t size = 0;
  bool const good = EVP_MAC_init(context.get(), address_of(key), key.size(), nullptr) == 1 &&
                    EVP_MAC_update(context.get(), address_of(data), data.size()) == 1 &&
                    EVP_MAC_final(context.get(), out.data(), &size, out.size()) == 1;
  if (!good || size != out.size()) throw_openssl("HMAC-SHA-256");
  return out;
}

Digest pbkdf2_hmac_sha256(std::string_view password, ByteView salt, int iterations) {
  assert(iterations > 0 && password.size() < largest_input && salt.size() < largest_input);
  Digest out{};
  ByteView const secret = bytes_of(password);
  require_ok(PKCS5_PBKDF2_HMAC(reinterpret_cast<char const*>(address_of(secret)),
                               static_cast<int>(secret.size()), address_of(salt),
                               static_cast<int>(salt.size()), iterations, sha256_method(),
                               static_cast<int>(out.size()), out.data()),
             "PBKDF2");
  return out;
}

Bytes scrypt(std::string_view password, ByteView salt, ScryptCost cost, std::size_t length) {
  static EVP_KDF* const method = require(EVP_KDF_fetch(nullptr, "SCRYPT", nullptr), "SCRYPT");
  KdfContext const kdf(require(EVP_KDF_CTX_new(method), "scrypt context"));
  // OpenSSL refuses more than 32 MiB unless told.
  std::uint64_t most_memory = 2 * 128 * cost.n * cost.r + 1024 * 1024;
  ByteView const secret = bytes_of(password);
  std::array<OSSL_PARAM, 7> const params{
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, without_const(secret),
                                        secret.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, without_const(salt), salt.size()),
      OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &cost.n),
      OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &cost.r),
      OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &cost.p),
      OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &most_memory),
      OSSL_PARAM_construct_end()};
  Bytes out(length);
  require_ok(EVP_KDF_derive(kdf.get(), out.data(), out.size(), params.data()), "scrypt");
  return out;
}

Digest hkdf_sha256(ByteView secret, ByteView salt, ByteView context) {
  static EVP_KDF* const method = require(EVP_KDF_fetch(nullptr, "HKDF", nullptr), "HKDF");
  KdfContext const kdf(require(EVP_KDF_CTX_new(method), "HKDF context"));
  char digest[] = "SHA256";
  std::array<OSSL_PARAM, 5> const params{
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, without_const(secret), secret.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, without_const(salt), salt.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, without_const(context),
                                        context.size()),
      OSSL_PARAM_construct_end()};
  Digest out{};
  require_ok(EVP_KDF_derive(kdf.get(), out.data(), out.size(), params.data()), "HKDF");
  return out;
}

bool equal_constant_time(ByteView a, ByteView b) {
  return a.size() == b.size() && CRYPTO_memcmp(address_of(a), address_of(b), a.size()) == 0;
}

Bytes aes_gcm_seal(ByteView key32, ByteView nonce12, ByteView aad, ByteView plain) {
  assert(key32.size() == gcm_key_size && nonce12.size() == gcm_nonce_size);
  assert(aad.size() < largest_input && plain.size() < largest_input);
  thread_local CipherContext const context = new_gcm_context(true);
  start_gcm(context.get(), key32, nonce12, aad);
  Bytes out(plain.size() + gcm_tag_size);
  int written = 0;
  if (!plain.empty()) {
    require_ok(EVP_CipherUpdate(context.get(), out.data(), &written, plain.data(),
                                static_cast<int>(plain.size())),
               "AES-GCM");
  }
  int last = 0;
  require_ok(EVP_CipherFinal_ex(context.get(), out.data() + written, &last), "AES-GCM");
  std::array<OSSL_PARAM, 2> params{
      OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, out.data() + plain.size(),
                                        gcm_tag_size),
      OSSL_PARAM_construct_end()};
  require_ok(EVP_CIPHER_CTX_get_params(context.get(), params.data()), "AES-GCM tag");
  return out;
}

std::optional<Bytes> aes_gcm_open(ByteView key32, ByteView nonce12, ByteView aad, ByteView sealed) {
  assert(key32.size() == gcm_key_size && nonce12.size() == gcm_nonce_size);
  assert(aad.size() < largest_input);
  if (sealed.size() < gcm_tag_size || sealed.size() >= largest_input) return std::nullopt;
  ByteView const cipher = sealed.first(sealed.size() - gcm_tag_size);
  ByteView const tag = sealed.last(gcm_tag_size);
  ErrorMark const mark;
  thread_local CipherContext const context = new_gcm_context(false);
  start_gcm(context.get(), key32, nonce12, aad);
  std::array<OSSL_PARAM, 2> const params{
      OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, without_const(tag), tag.size()),
      OSSL_PARAM_construct_end()};
  require_ok(EVP_CIPHER_CTX_set_params(context.get(), params.data()), "AES-GCM tag");
  Bytes out(cipher.size());
  int written = 0;
  if (!cipher.empty()) {
    require_ok(EVP_CipherUpdate(context.get(), out.data(), &written, cipher.data(),
                                static_cast<int>(cipher.size())),
               "AES-GCM");
  }
  int last = 0;
  std::uint8_t unused[gcm_tag_size];
  if (EVP_CipherFinal_ex(context.get(), unused, &last) != 1) {
    OPENSSL_cleanse(out.data(), out.size());
    return std::nullopt;
  }
  return out;
}

}  // namespace kaiku::crypto
