#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "server/access/certificates/certificate_request.hpp"
#include "server/access/certificates/listener_certificates.hpp"
#include "server/access/certificates/x509_support.hpp"
#include "tests/unit/access/access_fixture.hpp"

namespace kaiku::access {
namespace {

using crypto::P256PrivateKey;
using ::testing::HasSubstr;

crypto::KeyHandle key_on(char const* curve) { return crypto::KeyHandle(EVP_EC_gen(curve)); }

std::string request_text(EVP_PKEY* claimed, EVP_PKEY* signer, EVP_MD const* digest) {
  X509RequestHandle const request(X509_REQ_new());
  X509_REQ_set_version(request.get(), X509_REQ_VERSION_1);
  X509_REQ_set_pubkey(request.get(), claimed);
  EXPECT_GT(X509_REQ_sign(request.get(), signer, digest), 0);
  BioHandle const bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509_REQ(bio.get(), request.get());
  char* text = nullptr;
  auto const size = BIO_get_mem_data(bio.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

void expect_refused(std::string const& pem, char const* why) {
  auto const key = read_certificate_request(pem);
  ASSERT_FALSE(key) << why;
  EXPECT_EQ(key.error().problem, Problem::csr_invalid) << why;
}

TEST(CertificateRequest, of_a_p256_key_gives_the_key) {
  auto const key = P256PrivateKey::generate();
  auto const found = read_certificate_request(request_of(key));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->spki_der(), key.public_key().spki_der());
}

TEST(CertificateRequest, with_windows_line_ends_is_as_good) {
  auto text = request_of(P256PrivateKey::generate());
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) {
    text.replace(at, 1, "\r\n");
  }
  EXPECT_TRUE(read_certificate_request(text));
}

TEST(CertificateRequest, of_other_keys_is_refused) {
  for (auto const* const curve : {"P-384", "secp256k1"}) {
    auto const key = key_on(curve);
    expect_refused(request_text(key.get(), key.get(), EVP_sha256()), curve);
  }
  crypto::KeyHandle const rsa(EVP_RSA_gen(2048));
  expect_refused(request_text(rsa.get(), rsa.get(), EVP_sha256()), "RSA");
  crypto::KeyHandle const ed(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  expect_refused(request_text(ed.get(), ed.get(), nullptr), "Ed25519");
}

TEST(CertificateRequest, signed_by_another_key_or_with_sha1_is_refused) {
  auto const key = P256PrivateKey::generate();
  auto const other = P256PrivateKey::generate();
  expect_refused(request_text(key.native(), other.native(), EVP_sha256()), "another key");
  expect_refused(request_text(key.native(), key.native(), EVP_sha1()), "SHA-1");
}

TEST(CertificateRequest, cut_changed_or_surrounded_is_refused) {
  auto const good = request_of(P256PrivateKey::generate());
  for (std::size_t size = 0; size + 1 < good.size(); size += 7) {
    expect_refused(good.substr(0, size), "cut");
  }
  for (std::size_t at = 40; at + 40 < good.size(); at += 11) {
    auto changed = good;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    if (changed != good) expect_refused(changed, "changed");
  }
  expect_refused(good + good, "two blocks");
  expect_refused("hello\n" + good, "text before");
  expect_refused(good + "hello", "text after");
  expect_refused(std::string(5000, 'A'), "long");
  expect_refused(
      std::string("-----BEGIN CERTIFICATE REQUEST-----\n\n-----END CERTIFICATE REQUEST-----\n"),
      "empty");
}

class Certificates : public ::testing::Test {
 protected:
  // Whether OpenSSL takes the certificate for a purpose at a time, trusting only `ca`.
  static bool verifies(std::string const& pem, std::string const& ca, int purpose, Instant at) {
    auto const certificate = certificate_from_pem(pem);
    auto const authority = certificate_from_pem(ca);
    std::unique_ptr<X509_STORE, FreedBy<X509_STORE_free>> const store(X509_STORE_new());
    X509_STORE_add_cert(store.get(), authority.get());
    std::unique_ptr<X509_STORE_CTX, FreedBy<X509_STORE_CTX_free>> const context(
        X509_STORE_CTX_new());
    X509_STORE_CTX_init(context.get(), store.get(), certificate.get(), nullptr);
    X509_STORE_CTX_set_purpose(context.get(), purpose);
    X509_STORE_CTX_set_time(context.get(), 0, at.us / second_us);
    X509_STORE_CTX_set_flags(context.get(), X509_V_FLAG_X509_STRICT);
    auto const good = X509_verify_cert(context.get()) == 1;
    ERR_clear_error();
    return good;
  }
  static bool is_for(std::string const& pem, char const* host) {
    auto const certificate = certificate_from_pem(pem);
    return X509_check_host(certificate.get(), host, 0, 0, nullptr) == 1 ||
           X509_check_ip_asc(certificate.get(), host, 0) == 1;
  }
  static std::string content(std::filesystem::path const& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  test::TemporaryFolder folder_;
  test::HandClock clock_;
  SystemRandom random_;
};

TEST_F(Certificates, of_a_device_verify_for_clients_for_thirty_days) {
  auto const ca = DoorCa::make_or_load(folder_.path(), random_, clock_.now());
  auto const key = P256PrivateKey::generate();
  auto const now = clock_.now();
  auto const pem = ca.certify_device(key.public_key(), DeviceId{12}, now, random_);
  EXPECT_TRUE(verifies(pem, ca.certificate_pem(), X509_PURPOSE_SSL_CLIENT, now));
  EXPECT_TRUE(verifies(pem, ca.certificate_pem(), X509_PURPOSE_SSL_CLIENT,
                       now + (30 * day_us - second_us)));
  EXPECT_FALSE(verifies(pem, ca.certificate_pem(), X509_PURPOSE_SSL_CLIENT, now + 31 * day_us));
  EXPECT_FALSE(verifies(pem, ca.certificate_pem(), X509_PURPOSE_SSL_SERVER, now));
  auto const certificate = certificate_from_pem(pem);
  EXPECT_EQ(X509_check_ca(certificate.get()), 0);
  EXPECT_EQ(X509_check_private_key(certificate.get(), key.native()), 1);
}

TEST_F(Certificates, have_different_serials) {
  auto const ca = DoorCa::make_or_load(folder_.path(), random_, clock_.now());
  auto const key = P256PrivateKey::generate().public_key();
  auto const first =
      certificate_from_pem(ca.certify_device(key, DeviceId{1}, clock_.now(), random_));
  auto const second =
      certificate_from_pem(ca.certify_device(key, DeviceId{1}, clock_.now(), random_));
  EXPECT_NE(
      ASN1_INTEGER_cmp(X509_get0_serialNumber(first.get()), X509_get0_serialNumber(second.get())),
      0);
}

TEST_F(Certificates, of_another_door_ca_do_not_verify) {
  test::TemporaryFolder other_folder;
  auto const ours = DoorCa::make_or_load(folder_.path(), random_, clock_.now());
  auto const theirs = DoorCa::make_or_load(other_folder.path(), random_, clock_.now());
  auto const key = P256PrivateKey::generate().public_key();
  auto const pem = theirs.certify_device(key, DeviceId{1}, clock_.now(), random_);
  EXPECT_FALSE(verifies(pem, ours.certificate_pem(), X509_PURPOSE_SSL_CLIENT, clock_.now()));
}

TEST_F(Certificates, the_door_ca_stays_the_same_after_a_restart) {
  auto const first = DoorCa::make_or_load(folder_.path(), random_, clock_.now());
  auto const second = DoorCa::make_or_load(folder_.path(), random_, clock_.now());
  EXPECT_EQ(first.fingerprint(), second.fingerprint());
  auto const certificate = certificate_from_pem(first.certificate_pem());
  EXPECT_EQ(first.fingerprint(), crypto::sha256(der_of(certificate.get())));
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(folder_ / "door_ca.key.pem").permissions(),
            perms::owner_read | perms::owner_write);
}

TEST_F(Certificates, a_door_ca_that_is_half_there_open_or_damaged_stops_the_start) {
  DoorCa::make_or_load(folder_.path(), random_, clock_.now());
  auto const key_file = folder_ / "door_ca.key.pem";
  auto const load = [&] { DoorCa::make_or_load(folder_.path(), random_, clock_.now()); };
  std::filesystem::permissions(key_file, std::filesystem::perms(0640));
  EXPECT_THROW(load(), std::runtime_error);
  std::filesystem::permissions(key_file, std::filesystem::perms(0600));
  std::filesystem::resize_file(key_file, 50);
  EXPECT_THROW(load(), std::runtime_error);
  std::filesystem::remove(key_file);
  EXPECT_THROW(load(), std::runtime_error);
}

TEST_F(Certificates, of_the_device_listener_verify_and_are_renewed_in_time) {
  auto const ca = DoorCa::make_or_load(folder_.path(), random_, clock_.now());
  std::vector<std::string> const hosts{"127.0.0.1", "localhost", "::1"};
  auto const files = ca.listener_files(folder_.path(), hosts, clock_.now(), random_);
  auto const pem = content(files.certificate_chain_pem_file);
  EXPECT_TRUE(verifies(pem, ca.certificate_pem(), X509_PURPOSE_SSL_SERVER, clock_.now()));
  for (auto const& host : hosts) EXPECT_TRUE(is_for(pem, host.c_str())) << host;
  EXPECT_FALSE(is_for(pem, "example.org"));
  EXPECT_EQ(content(files.client_ca_pem_file), ca.certificate_pem());

  ca.listener_files(folder_.path(), hosts, clock_.now(), random_);
  EXPECT_EQ(content(files.certificate_chain_pem_file), pem);
  ca.listener_files(folder_.path(), {"kaiku.example"}, clock_.now(), random_);
  EXPECT_TRUE(is_for(content(files.certificate_chain_pem_file), "kaiku.example"));
  auto const before = content(files.certificate_chain_pem_file);
  ca.listener_files(folder_.path(), {"kaiku.example"}, clock_.now() + 680 * day_us, random_);
  EXPECT_NE(content(files.certificate_chain_pem_file), before);
}

TEST_F(Certificates, for_development_verify_under_their_own_ca) {
  auto const directory = folder_ / "tls";
  auto const made =
      make_development_certificates(directory, {"localhost", "127.0.0.1"}, clock_.now(), random_);
  EXPECT_TRUE(verifies(content(made.tls.certificate_chain_pem_file), content(made.ca_file),
                       X509_PURPOSE_SSL_SERVER, clock_.now()));
  EXPECT_THAT(content(made.tls.private_key_pem_file), HasSubstr("PRIVATE KEY"));
}

TEST_F(Certificates, for_names_that_are_none_are_refused) {
  auto const ca = DoorCa::make_or_load(folder_.path(), random_, clock_.now());
  for (auto const* const host : {"", "a b", "x,DNS:evil.example", "a\nb"}) {
    EXPECT_THROW(ca.listener_files(folder_.path(), {host}, clock_.now(), random_),
                 std::runtime_error)
        << host;
  }
}

}  // namespace
}  // namespace kaiku::access
