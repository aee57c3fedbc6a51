#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "schema/crypto/crypto.hpp"
#include "schema/crypto/random.hpp"

namespace kaiku::crypto {
namespace {

// RFC 6979 appendix A.2.5, the message "sample" with SHA-256.
constexpr std::string_view rfc6979_point =
    "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
    "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
constexpr std::string_view rfc6979_signature =
    "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
    "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8";

Bytes hex(std::string_view text) { return from_hex(text).value(); }

// The SubjectPublicKeyInfo of a fresh key of another kind.
Bytes spki_of(EVP_PKEY* key) {
  std::uint8_t* der = nullptr;
  int const size = i2d_PUBKEY(key, &der);
  Bytes out(der, der + size);
  OPENSSL_free(der);
  EVP_PKEY_free(key);
  return out;
}

TEST(P256, verifies_the_signature_of_rfc_6979) {
  auto const key = P256PublicKey::from_point(hex(rfc6979_point)).value();
  EXPECT_TRUE(key.verify_es256(bytes_of("sample"), hex(rfc6979_signature)));
  EXPECT_FALSE(key.verify_es256(bytes_of("simple"), hex(rfc6979_signature)));
}

TEST(P256, refuses_every_changed_signature_and_every_wrong_length) {
  auto const key = P256PublicKey::from_point(hex(rfc6979_point)).value();
  Bytes const good = hex(rfc6979_signature);
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    Bytes changed = good;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    EXPECT_FALSE(key.verify_es256(bytes_of("sample"), changed)) << bit;
  }
  Bytes longer = good;
  longer.push_back(0);
  EXPECT_FALSE(key.verify_es256(bytes_of("sample"), longer));
  EXPECT_FALSE(key.verify_es256(bytes_of("sample"), ByteView(good).first(63)));
  EXPECT_FALSE(key.verify_es256(bytes_of("sample"), {}));
  EXPECT_FALSE(key.verify_es256(bytes_of("sample"), Bytes(64)));
}

TEST(P256, signs_so_that_only_its_own_public_key_verifies) {
  auto const key = P256PrivateKey::generate();
  auto const other = P256PrivateKey::generate();
  for (int i = 0; i < 50; ++i) {  // r and s with leading zeros come up now and then
    std::string const message = "message " + std::to_string(i);
    auto const signature = key.sign_es256(bytes_of(message));
    EXPECT_TRUE(key.public_key().verify_es256(bytes_of(message), signature));
    EXPECT_FALSE(other.public_key().verify_es256(bytes_of(message), signature));
  }
}

TEST(P256, keeps_a_key_through_pem_point_and_spki) {
  auto const key = P256PrivateKey::generate();
  std::string const pem = key.pem();
  EXPECT_TRUE(pem.starts_with("-----BEGIN PRIVATE KEY-----"));
  auto const read = P256PrivateKey::from_pem(pem).value();
  EXPECT_EQ(read.public_key().point(), key.public_key().point());
  Bytes const spki = key.public_key().spki_der();
  EXPECT_EQ(P256PublicKey::from_spki_der(spki).value().point(), key.public_key().point());
  EXPECT_EQ(to_hex(key.public_key().key_id()), to_hex(sha256(spki)).substr(0, 16));
}

TEST(P256, refuses_points_that_are_not_on_the_curve_or_not_uncompressed) {
  Bytes point = hex(rfc6979_point);
  point.back() ^= 1;
  EXPECT_FALSE(P256PublicKey::from_point(point));
  point = hex(rfc6979_point);
  point[0] = 0x06;  // the hybrid form
  EXPECT_FALSE(P256PublicKey::from_point(point));
  point[0] = 0x03;
  EXPECT_FALSE(P256PublicKey::from_point(ByteView(point).first(33)));
  EXPECT_FALSE(P256PublicKey::from_point({}));
  EXPECT_FALSE(P256PublicKey::from_point(Bytes(1)));
  Bytes too_large(65, 0xff);
  too_large[0] = 0x04;
  EXPECT_FALSE(P256PublicKey::from_point(too_large));
}

TEST(P256, refuses_spki_of_other_curves_and_with_anything_after_it) {
  EXPECT_FALSE(P256PublicKey::from_spki_der(spki_of(EVP_EC_gen("P-384"))));
  EXPECT_FALSE(P256PublicKey::from_spki_der(spki_of(EVP_EC_gen("secp256k1"))));
  EXPECT_FALSE(
      P256PublicKey::from_spki_der(spki_of(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"))));
  Bytes spki = P256PrivateKey::generate().public_key().spki_der();
  for (std::size_t size = 0; size < spki.size(); ++size) {
    EXPECT_FALSE(P256PublicKey::from_spki_der(ByteView(spki).first(size)));
  }
  spki.push_back(0);
  EXPECT_FALSE(P256PublicKey::from_spki_der(spki));
}

TEST(P256, refuses_pem_that_is_encrypted_cut_or_of_another_kind) {
  auto const key = P256PrivateKey::generate();
  BIO* const bio = BIO_new(BIO_s_mem());
  char pass[] = "secret";
  ASSERT_EQ(PEM_write_bio_PKCS8PrivateKey(bio, key.native(), EVP_aes_256_cbc(), pass, 6, nullptr,
                                          nullptr),
            1);
  char* text = nullptr;
  auto const size = static_cast<std::size_t>(BIO_get_mem_data(bio, &text));
  EXPECT_FALSE(P256PrivateKey::from_pem(std::string(text, size)));
  BIO_free_all(bio);
  EXPECT_FALSE(P256PrivateKey::from_pem(key.pem().substr(0, 60)));
  EXPECT_FALSE(P256PrivateKey::from_pem(""));
}

TEST(P256, agrees_on_the_same_secret_from_both_sides) {
  auto const a = P256PrivateKey::generate();
  auto const b = P256PrivateKey::generate();
  auto const shared = a.agree(b.public_key());
  ASSERT_TRUE(shared);
  EXPECT_EQ(shared, b.agree(a.public_key()));
  EXPECT_NE(shared, a.agree(a.public_key()));
}

TEST(Sealing, opens_for_the_recipient_alone_and_only_unchanged) {
  auto const recipient = P256PrivateKey::generate();
  Bytes const sealed = seal_to(recipient.public_key(), bytes_of("d:7:1"), bytes_of("a card"));
  EXPECT_EQ(sealed.size(), 1 + 65 + 12 + 6 + 16U);
  auto const opened = open_sealed(recipient, bytes_of("d:7:1"), sealed);
  ASSERT_TRUE(opened);
  EXPECT_EQ(text_of(*opened), "a card");
  EXPECT_FALSE(open_sealed(recipient, bytes_of("d:7:2"), sealed));
  EXPECT_FALSE(open_sealed(P256PrivateKey::generate(), bytes_of("d:7:1"), sealed));
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    Bytes changed = sealed;
    changed[at] ^= 1;
    EXPECT_FALSE(open_sealed(recipient, bytes_of("d:7:1"), changed)) << at;
    EXPECT_FALSE(open_sealed(recipient, bytes_of("d:7:1"), ByteView(sealed).first(at))) << at;
  }
}

TEST(Sealing, never_gives_the_same_bytes_twice) {
  auto const recipient = P256PrivateKey::generate().public_key();
  EXPECT_NE(seal_to(recipient, {}, bytes_of("a card")), seal_to(recipient, {}, bytes_of("a card")));
}

}  // namespace
}  // namespace kaiku::crypto
