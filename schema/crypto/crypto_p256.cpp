// P-256: ES256 signatures, key agreement, and the sealing that is built on it.
#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cassert>

#include "schema/crypto/crypto.hpp"
#include "schema/crypto/openssl_support.hpp"
#include "schema/crypto/random.hpp"

namespace kaiku::crypto {
namespace {

using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;

constexpr std::size_t coordinate_size = 32;
constexpr std::size_t point_size = 65;
constexpr std::uint8_t seal_version = 1;
constexpr std::size_t seal_nonce_size = 12;
constexpr std::size_t seal_head_size = 1 + point_size + seal_nonce_size;
constexpr std::size_t seal_tag_size = 16;

bool is_p256(EVP_PKEY* key) {
  std::array<char, 32> name{};
  return EVP_PKEY_is_a(key, "EC") == 1 &&
         EVP_PKEY_get_group_name(key, name.data(), name.size(), nullptr) == 1 &&
         std::string_view(name.data()) == "prime256v1";
}

ByteArray<point_size> point_of(EVP_PKEY* key) {
  ByteArray<point_size> out{};
  std::size_t size = 0;
  require_ok(
      EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, out.data(), out.size(), &size),
      "P-256 point");
  if (size != out.size()) throw std::runtime_error("P-256 point is not uncompressed");
  return out;
}

// Never asks a terminal for a pass phrase: an encrypted file is refused.
int no_pass_phrase(char*, int, int, void*) { return -1; }

// COSE has r ‖ s, OpenSSL wants ECDSA-Sig-Value in DER.
Bytes signature_to_der(ByteView signature64) {
  EcdsaSignature const parts(require(ECDSA_SIG_new(), "ECDSA signature"));
  Number r(require(BN_bin2bn(signature64.data(), 32, nullptr), "ECDSA r"));
  Number s(require(BN_bin2bn(signature64.data() + 32, 32, nullptr), "ECDSA s"));
  require_ok(ECDSA_SIG_set0(parts.get(), r.get(), s.get()), "ECDSA signature");
  static_cast<void>(r.release());
  static_cast<void>(s.release());
  std::uint8_t* der = nullptr;
  int const size = i2d_ECDSA_SIG(parts.get(), &der);
  if (size <= 0) throw_openssl("ECDSA signature");
  Bytes out(der, der + size);
  OPENSSL_free(der);
  return out;
}

ByteArray<64> signature_from_der(ByteView der) {
  std::uint8_t const* at = der.data();
  EcdsaSignature const parts(
      require(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())), "ECDSA signature"));
  ByteArray<64> out{};
  int const size = static_cast<int>(coordinate_size);
  bool const good =
      BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), out.data(), size) == size &&
      BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), out.data() + coordinate_size, size) == size;
  if (!good) throw_openssl("ECDSA signature");
  return out;
}

Digest sealing_key(ByteView shared, ByteView ephemeral_point, ByteView recipient_point) {
  Bytes context(ephemeral_point.begin(), ephemeral_point.end());
  context.insert(context.end(), recipient_point.begin(), recipient_point.end());
  return hkdf_sha256(shared, {}, context);
}

// A point of 65 bytes as a key, not yet checked to lie on the curve; null for another form.
KeyHandle public_handle(ByteView point65) {
  if (point65.size() != point_size || point65[0] != 0x04) return nullptr;
  KeyContext const context(require(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr), "EC"));
  require_ok(EVP_PKEY_fromdata_init(context.get()), "EC");
  char group[] = "prime256v1";
  std::array<OSSL_PARAM, 3> params{
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY,
                                        const_cast<std::uint8_t*>(point65.data()), point65.size()),
      OSSL_PARAM_construct_end()};
  EVP_PKEY* made = nullptr;
  int const result = EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, params.data());
  KeyHandle handle(made);
  return result == 1 ? std::move(handle) : nullptr;
}

}  // namespace

P256PublicKey::P256PublicKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {
  Digest const digest = sha256(spki_der());
  std::copy_n(digest.begin(), key_id_.size(), key_id_.begin());
}

std::optional<P256PublicKey> P256PublicKey::from_point(ByteView point65) {
  ErrorMark const mark;
  KeyHandle handle = public_handle(point65);
  if (!handle) return std::nullopt;
  KeyContext const check(require(EVP_PKEY_CTX_new_from_pkey(nullptr, handle.get(), nullptr), "EC"));
  if (EVP_PKEY_public_check(check.get()) != 1) return std::nullopt;
  return P256PublicKey(std::move(handle));
}

std::optional<P256PublicKey> P256PublicKey::from_spki_der(ByteView der) {
  if (der.empty() || der.size() > 1024) return std::nullopt;
  ErrorMark const mark;
  std::uint8_t const* at = der.data();
  KeyHandle const handle(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
  if (!handle || !is_p256(handle.get())) return std::nullopt;
  std::size_t size = 0;
  ByteArray<point_size> point{};
  if (EVP_PKEY_get_octet_string_param(handle.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                      point.size(), &size) != 1) {
    return std::nullopt;
  }
  auto key = from_point(ByteView(point).first(size));
  // Key ids are hashes of this encoding, so a key has one encoding only.
  if (!key || !std::ranges::equal(key->spki_der(), der)) return std::nullopt;
  return key;
}

Bytes P256PublicKey::spki_der() const {
  assert(key_);
  std::uint8_t* der = nullptr;
  int const size = i2d_PUBKEY(key_.get(), &der);
  if (size <= 0) throw_openssl("public key");
  Bytes out(der, der + size);
  OPENSSL_free(der);
  return out;
}

ByteArray<65> P256PublicKey::point() const {
  assert(key_);
  return point_of(key_.get());
}

bool P256PublicKey::verify_es256(ByteView message, ByteView signature64) const {
  if (!key_ || signature64.size() != 64) return false;
  ErrorMark const mark;
  Bytes const der = signature_to_der(signature64);
  MdContext const context(require(EVP_MD_CTX_new(), "digest context"));
  return EVP_DigestVerifyInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr, key_.get(),
                                 nullptr) == 1 &&
         EVP_DigestVerify(context.get(), der.data(), der.size(), message.data(), message.size()) ==
             1;
}

// The public half of a key of ours needs no check that it lies on the curve.
P256PrivateKey P256PrivateKey::from_handle(KeyHandle handle) {
  P256PrivateKey key;
  key.key_ = std::move(handle);
  KeyHandle public_half = public_handle(point_of(key.key_.get()));
  if (!public_half) throw std::runtime_error("P-256 key without a usable public half");
  key.public_key_ = P256PublicKey(std::move(public_half));
  return key;
}

P256PrivateKey P256PrivateKey::generate() {
  return from_handle(KeyHandle(require(EVP_EC_gen("P-256"), "P-256 key")));
}

std::optional<P256PrivateKey> P256PrivateKey::from_pem(std::string_view pem) {
  if (pem.size() > 16 * 1024) return std::nullopt;
  ErrorMark const mark;
  Bio const bio(require(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), "memory"));
  KeyHandle handle(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_pass_phrase, nullptr));
  if (!handle || !is_p256(handle.get())) return std::nullopt;
  KeyContext const check(require(EVP_PKEY_CTX_new_from_pkey(nullptr, handle.get(), nullptr), "EC"));
  if (EVP_PKEY_pairwise_check(check.get()) != 1) return std::nullopt;
  return from_handle(std::move(handle));
}

std::string P256PrivateKey::pem() const {
  assert(key_);
  Bio const bio(require(BIO_new(BIO_s_secmem()), "memory"));
  require_ok(
      PEM_write_bio_PKCS8PrivateKey(bio.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr),
      "PKCS#8");
  char* text = nullptr;
  long const size = BIO_get_mem_data(bio.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

P256PublicKey P256PrivateKey::public_key() const {
  assert(public_key_);
  return *public_key_;
}

ByteArray<64> P256PrivateKey::sign_es256(ByteView message) const {
  assert(key_);
  MdContext const context(require(EVP_MD_CTX_new(), "digest context"));
  require_ok(EVP_DigestSignInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr, key_.get(),
                                   nullptr),
             "ES256");
  std::array<std::uint8_t, 80> der{};  // 72 at most for P-256
  std::size_t size = der.size();
  require_ok(EVP_DigestSign(context.get(), der.data(), &size, message.data(), message.size()),
             "ES256");
  return signature_from_der(ByteView(der).first(size));
}

std::optional<ByteArray<32>> P256PrivateKey::agree(P256PublicKey const& peer) const {
  assert(key_ && peer.native() != nullptr);
  ErrorMark const mark;
  KeyContext const context(
      require(EVP_PKEY_CTX_new_from_pkey(nullptr, key_.get(), nullptr), "ECDH"));
  require_ok(EVP_PKEY_derive_init(context.get()), "ECDH");
  ByteArray<32> shared{};
  std::size_t size = shared.size();
  if (EVP_PKEY_derive_set_peer(context.get(), peer.native()) != 1 ||
      EVP_PKEY_derive(context.get(), shared.data(), &size) != 1 || size != shared.size()) {
    return std::nullopt;
  }
  return shared;
}

Bytes seal_to(P256PublicKey const& recipient, ByteView aad, ByteView plain) {
  P256PrivateKey const ephemeral = P256PrivateKey::generate();
  auto shared = ephemeral.agree(recipient);
  if (!shared) throw std::runtime_error("P-256 key agreement failed");
  ByteArray<65> const point = ephemeral.public_key().point();
  Digest key = sealing_key(*shared, point, recipient.point());
  OPENSSL_cleanse(shared->data(), shared->size());
  auto const nonce = SystemRandom().bytes<seal_nonce_size>();
  Bytes const cipher = aes_gcm_seal(key, nonce, aad, plain);
  OPENSSL_cleanse(key.data(), key.size());
  Bytes out{seal_version};
  out.reserve(seal_head_size + cipher.size());
  out.insert(out.end(), point.begin(), point.end());
  out.insert(out.end(), nonce.begin(), nonce.end());
  out.insert(out.end(), cipher.begin(), cipher.end());
  return out;
}

std::optional<Bytes> open_sealed(P256PrivateKey const& recipient, ByteView aad, ByteView sealed) {
  if (sealed.size() < seal_head_size + seal_tag_size || sealed[0] != seal_version) {
    return std::nullopt;
  }
  ByteView const point = sealed.subspan(1, point_size);
  auto const ephemeral = P256PublicKey::from_point(point);
  if (!ephemeral) return std::nullopt;
  auto shared = recipient.agree(*ephemeral);
  if (!shared) return std::nullopt;
  Digest key = sealing_key(*shared, point, recipient.public_key().point());
  OPENSSL_cleanse(shared->data(), shared->size());
  auto plain = aes_gcm_open(key, sealed.subspan(1 + point_size, seal_nonce_size), aad,
                            sealed.subspan(seal_head_size));
  OPENSSL_cleanse(key.data(), key.size());
  return plain;
}

}  // namespace kaiku::crypto
