#include "tests/support/kiosk_peer_certificates.hpp"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <stdexcept>

namespace kaiku::kiosk_tests {

namespace {

constexpr std::int64_t ca_life_s = 20 * 365 * 24 * 3600L;

void add_extension(X509* certificate, X509* issuer, int nid, char const* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
  if (!extension) throw std::runtime_error("a test certificate could not be made");
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

// `issuer` null: it signs itself as a CA.
CertificateHandle make(EVP_PKEY* key, char const* name, X509* issuer, EVP_PKEY* issuer_key,
                       std::int64_t life_s) {
  static std::atomic<long> serial = 1;
  CertificateHandle certificate(X509_new(), X509_free);
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial++);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), life_s < 0 ? 2 * life_s : -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), life_s);
  X509_set_pubkey(certificate.get(), key);
  auto const* common_name = reinterpret_cast<unsigned char const*>(name);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                             common_name, -1, -1, 0);
  X509* const signer = issuer ? issuer : certificate.get();
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(signer));
  if (issuer) {
    add_extension(certificate.get(), signer, NID_subject_alt_name, "IP:127.0.0.1");
  } else {
    add_extension(certificate.get(), signer, NID_basic_constraints, "critical,CA:TRUE");
  }
  X509_sign(certificate.get(), issuer_key, EVP_sha256());
  return certificate;
}

}  // namespace

CertificateHandle make_ca(crypto::P256PrivateKey const& key) {
  return make(key.native(), "Test door CA", nullptr, key.native(), ca_life_s);
}

CertificateHandle make_certificate(crypto::P256PublicKey const& key, char const* name,
                                   CertificateAuthority const& issuer, std::int64_t life_s) {
  return make(key.native(), name, issuer.certificate, issuer.key.native(), life_s);
}

std::string pem_of(x509_st* certificate) {
  BIO* const bio = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(bio, certificate);
  char* first = nullptr;
  auto const size = BIO_get_mem_data(bio, &first);
  std::string pem(first, static_cast<std::size_t>(size));
  BIO_free(bio);
  return pem;
}

bool has_expired(x509_st* certificate) {
  return X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0;
}

std::optional<crypto::P256PublicKey> key_of_request(std::string const& pem) {
  BIO* const bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  std::shared_ptr<X509_REQ> const request(PEM_read_bio_X509_REQ(bio, nullptr, nullptr, nullptr),
                                          X509_REQ_free);
  BIO_free(bio);
  if (!request || X509_REQ_verify(request.get(), X509_REQ_get0_pubkey(request.get())) != 1) {
    return std::nullopt;
  }
  unsigned char* der = nullptr;
  int const size = i2d_PUBKEY(X509_REQ_get0_pubkey(request.get()), &der);
  Bytes const copy(der, der + size);
  OPENSSL_free(der);
  return crypto::P256PublicKey::from_spki_der(copy);
}

}  // namespace kaiku::kiosk_tests
