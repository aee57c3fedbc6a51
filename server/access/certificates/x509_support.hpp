// What the files that make and read X.509 (RFC 5280) share; OpenSSL's headers stay behind them.
#pragma once

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "schema/crypto/crypto.hpp"
#include "schema/crypto/random.hpp"
#include "schema/values/bytes.hpp"
#include "schema/values/time.hpp"

namespace kaiku::access {

template <auto free_function>
struct FreedBy {
  template <class T>
  void operator()(T* object) const {
    free_function(object);
  }
};
using X509Handle = std::unique_ptr<X509, FreedBy<X509_free>>;
using X509RequestHandle = std::unique_ptr<X509_REQ, FreedBy<X509_REQ_free>>;
using BioHandle = std::unique_ptr<BIO, FreedBy<BIO_free_all>>;

// Throws std::runtime_error with OpenSSL's reason: the machine's fault.
[[noreturn]] void throw_x509(char const* what);

struct CertificatePlan {
  std::string common_name;
  std::string subject_alternative_names;  // "DNS:localhost,IP:127.0.0.1"; empty: none
  char const* key_usage;
  char const* extended_key_usage;  // nullptr: none
  bool is_ca = false;
  Instant from;
  Instant until;
};

// A certificate for `subject_key`, signed with ECDSA and SHA-256 by `issuer_key`; `issuer` nullptr
// makes it self-signed. Its serial has 127 random bits.
X509Handle make_certificate(CertificatePlan const& plan, EVP_PKEY* subject_key, X509* issuer,
                            EVP_PKEY* issuer_key, Random& random);
std::string pem_of(X509* certificate);
// nullptr when the text is no PEM certificate.
X509Handle certificate_from_pem(std::string_view pem);
Bytes der_of(X509* certificate);
Instant end_of(X509* certificate);
// "DNS:a,IP:b" out of host names and literal addresses; throws for what is neither.
std::string alternative_names_of(std::vector<std::string> const& hosts);

}  // namespace kaiku::access
