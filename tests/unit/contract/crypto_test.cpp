#include "schema/crypto/crypto.hpp"

#include <gtest/gtest.h>
#include <openssl/err.h>

#include <thread>

#include "schema/crypto/random.hpp"
#include "tests/unit/contract/public_vectors.hpp"

namespace kaiku::crypto {
namespace {

Bytes hex(std::string_view text) { return from_hex(text).value(); }
std::string hex_of(Digest const& digest) { return to_hex(digest); }

TEST(Sha256, matches_fips_180_4_and_concatenates) {
  EXPECT_EQ(hex_of(sha256({})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  auto const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  EXPECT_EQ(hex_of(sha256(bytes_of("abc"))), abc);
  EXPECT_EQ(hex_of(sha256(bytes_of("a"), bytes_of("bc"))), abc);
  EXPECT_EQ(hex_of(sha256(bytes_of("abc"), {})), abc);
  EXPECT_EQ(hex_of(sha256({}, bytes_of("abc"))), abc);
}

TEST(HmacSha256, matches_rfc_4231_also_after_another_key) {
  auto const first = hmac_sha256(Bytes(20, 0x0b), bytes_of("Hi There"));
  EXPECT_EQ(hex_of(first), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hex_of(hmac_sha256(bytes_of("Jefe"), bytes_of("what do ya want for nothing?"))),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex_of(hmac_sha256(Bytes(131, 0xaa),
                               bytes_of("Test Using Larger Than Block-Size Key - Hash Key First"))),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  EXPECT_EQ(hmac_sha256(Bytes(20, 0x0b), bytes_of("Hi There")), first);
}

TEST(HmacSha256, takes_an_empty_key_for_itself_and_not_for_the_last_one) {
  static_cast<void>(hmac_sha256(bytes_of("Jefe"), bytes_of("x")));
  EXPECT_EQ(hex_of(hmac_sha256({}, {})),
            "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Pbkdf2, matches_rfc_7914_section_11) {
  EXPECT_EQ(hex_of(pbkdf2_hmac_sha256("passwd", bytes_of("salt"), 1)),
            "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc");
  EXPECT_EQ(hex_of(pbkdf2_hmac_sha256("Password", bytes_of("NaCl"), 80000)),
            "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56");
}

TEST(Scrypt, matches_rfc_7914_section_12) {
  EXPECT_EQ(to_hex(scrypt("", bytes_of(""), {16, 1, 1}, 64)),
            "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
            "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906");
  EXPECT_EQ(to_hex(scrypt("password", bytes_of("NaCl"), {1024, 8, 16}, 64)),
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
            "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
  EXPECT_EQ(to_hex(scrypt("pleaseletmein", bytes_of("SodiumChloride"), {16384, 8, 1}, 64)),
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
            "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
  EXPECT_EQ(scrypt("password", bytes_of("NaCl"), {1024, 8, 16}, 32),
            hex("fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"))
      << "a shorter one is the beginning of a longer one";
}

TEST(Scrypt, throws_on_a_cost_that_is_none) {
  EXPECT_THROW(scrypt("password", bytes_of("NaCl"), {1000, 8, 1}, 32), std::runtime_error);
  EXPECT_THROW(scrypt("password", bytes_of("NaCl"), {0, 0, 0}, 32), std::runtime_error);
}

TEST(Hkdf, matches_rfc_5869_appendix_a) {
  EXPECT_EQ(hex_of(hkdf_sha256(Bytes(22, 0x0b), hex("000102030405060708090a0b0c"),
                               hex("f0f1f2f3f4f5f6f7f8f9"))),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
  EXPECT_EQ(hex_of(hkdf_sha256(Bytes(22, 0x0b), {}, {})),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
}

TEST(ConstantTime, compares_contents_and_lengths) {
  EXPECT_TRUE(equal_constant_time({}, {}));
  EXPECT_TRUE(equal_constant_time(bytes_of("abc"), bytes_of("abc")));
  EXPECT_FALSE(equal_constant_time(bytes_of("abc"), bytes_of("abd")));
  EXPECT_FALSE(equal_constant_time(bytes_of("abc"), bytes_of("ab")));
}

TEST(AesGcm, opens_what_it_sealed_and_nothing_that_was_changed) {
  SeededRandom random(1);
  auto const key = random.bytes<32>();
  auto const nonce = random.bytes<12>();
  Bytes const plain = hex("00112233445566778899aabbccddeeff0102");
  Bytes const sealed = aes_gcm_seal(key, nonce, bytes_of("aad"), plain);
  ASSERT_EQ(sealed.size(), plain.size() + 16);
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    Bytes changed = sealed;
    changed[at] ^= 0x10;
    EXPECT_FALSE(aes_gcm_open(key, nonce, bytes_of("aad"), changed)) << at;
    // The kept context must not remember the failure.
    EXPECT_EQ(aes_gcm_open(key, nonce, bytes_of("aad"), sealed), plain);
  }
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_FALSE(aes_gcm_open(key, nonce, bytes_of("aad"), ByteView(sealed).first(size)));
  }
  EXPECT_FALSE(aes_gcm_open(key, nonce, bytes_of("aae"), sealed));
  EXPECT_FALSE(aes_gcm_open(key, random.bytes<12>(), bytes_of("aad"), sealed));
  EXPECT_FALSE(aes_gcm_open(random.bytes<32>(), nonce, bytes_of("aad"), sealed));
}

TEST(AesGcm, seals_nothing_to_a_tag_alone) {
  ByteArray<32> const key{};
  ByteArray<12> const nonce{};
  Bytes const sealed = aes_gcm_seal(key, nonce, {}, {});
  EXPECT_EQ(to_hex(sealed), "530f8afbc74536b9a963b4f1c4cb738b");
  EXPECT_EQ(aes_gcm_open(key, nonce, {}, sealed), Bytes{});
}

TEST(AesGcm, does_what_wycheproof_says) {
  KAIKU_NEEDS_PUBLIC_VECTORS("wycheproof/aes_gcm_test.json");
  int applicable = 0;
  auto const vectors = read_public_vectors("wycheproof/aes_gcm_test.json");
  for (auto const& group : vectors.at("testGroups")) {
    if (group.at("ivSize") != 96 || group.at("keySize") != 256 || group.at("tagSize") != 128)
      continue;
    for (auto const& test : group.at("tests")) {
      auto const field = [&](char const* name) { return hex(test.at(name).get<std::string>()); };
      Bytes sealed = field("ct");
      Bytes const tag = field("tag");
      sealed.insert(sealed.end(), tag.begin(), tag.end());
      auto const opened = aes_gcm_open(field("key"), field("iv"), field("aad"), sealed);
      bool const valid = test.at("result") == "valid";
      EXPECT_EQ(opened.has_value(), valid) << test.at("tcId");
      if (valid) {
        EXPECT_EQ(opened, field("msg")) << test.at("tcId");
        EXPECT_EQ(aes_gcm_seal(field("key"), field("iv"), field("aad"), field("msg")), sealed);
      }
      ++applicable;
    }
  }
  EXPECT_EQ(applicable, 66);
}

struct Rfc8032Row {
  std::string_view seed;
  std::string_view public_key;
  std::string_view message;
  std::string_view signature;
};
constexpr Rfc8032Row rfc8032[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b"
     "46b"
     "d25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11"
     "d8c"
     "387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc"
     "659"
     "4a7c15e9716ed28dc027beceea1ec40a"},
};

TEST(Ed25519, matches_rfc_8032_section_7_1) {
  for (auto const& row : rfc8032) {
    auto const key = Ed25519PrivateKey::from_seed(hex(row.seed));
    EXPECT_EQ(to_hex(key.public_key().raw()), row.public_key);
    Bytes const message = hex(row.message);
    EXPECT_EQ(to_hex(key.sign(message)), row.signature);
    EXPECT_TRUE(key.public_key().verify(message, hex(row.signature)));
    EXPECT_FALSE(key.public_key().verify(bytes_of("other"), hex(row.signature)));
  }
}

TEST(Ed25519, names_a_key_by_the_hash_of_its_raw_form) {
  auto const key = Ed25519PublicKey::from_raw(hex(rfc8032[0].public_key)).value();
  EXPECT_EQ(to_hex(key.key_id()), to_hex(sha256(key.raw())).substr(0, 16));
  EXPECT_FALSE(Ed25519PublicKey::from_raw(Bytes(31)));
  EXPECT_FALSE(Ed25519PublicKey::from_raw(Bytes(33)));
}

TEST(Ed25519, does_what_wycheproof_says) {
  KAIKU_NEEDS_PUBLIC_VECTORS("wycheproof/ed25519_test.json");
  int count = 0;
  auto const vectors = read_public_vectors("wycheproof/ed25519_test.json");
  for (auto const& group : vectors.at("testGroups")) {
    auto const raw = hex(group.at("publicKey").at("pk").get<std::string>());
    auto const key = Ed25519PublicKey::from_raw(raw).value();
    for (auto const& test : group.at("tests")) {
      bool const verified = key.verify(hex(test.at("msg").get<std::string>()),
                                       hex(test.at("sig").get<std::string>()));
      EXPECT_EQ(verified, test.at("result") == "valid") << test.at("tcId") << test.at("comment");
      ++count;
    }
  }
  EXPECT_EQ(count, 151);
}

TEST(ThreadContexts, give_every_thread_the_right_answers) {
  auto const expected = hmac_sha256(bytes_of("key"), bytes_of("data"));
  std::array<bool, 4> good{};
  {
    std::vector<std::thread> threads;
    for (bool& mine : good) {
      threads.emplace_back([&mine, &expected] {
        bool all = true;
        ByteArray<32> const key{};
        ByteArray<12> const nonce{};
        for (int i = 0; i < 200; ++i) {
          all = all && hmac_sha256(bytes_of("key"), bytes_of("data")) == expected;
          Bytes const sealed = aes_gcm_seal(key, nonce, {}, bytes_of("plain"));
          all = all && aes_gcm_open(key, nonce, {}, sealed).has_value();
        }
        mine = all;
      });
    }
    for (auto& thread : threads) thread.join();
  }
  for (bool const mine : good) EXPECT_TRUE(mine);
}

TEST(ErrorQueue, stays_empty_after_every_refusal) {
  ERR_clear_error();
  auto const key = Ed25519PrivateKey::from_seed(Bytes(32, 1)).public_key();
  EXPECT_FALSE(key.verify(bytes_of("m"), Bytes(64, 0xff)));
  EXPECT_FALSE(aes_gcm_open(Bytes(32), Bytes(12), {}, Bytes(20)));
  auto const device = P256PrivateKey::generate();
  EXPECT_FALSE(device.public_key().verify_es256(bytes_of("m"), Bytes(64)));
  EXPECT_FALSE(P256PublicKey::from_point(Bytes(65, 4)));
  EXPECT_FALSE(P256PublicKey::from_spki_der(Bytes(91)));
  EXPECT_FALSE(P256PrivateKey::from_pem("-----BEGIN PRIVATE KEY-----\nAAAA\n"));
  EXPECT_EQ(ERR_peek_error(), 0UL);
}

}  // namespace
}  // namespace kaiku::crypto
