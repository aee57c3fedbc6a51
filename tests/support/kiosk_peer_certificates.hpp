// Certificates of the test peer, made afresh in each process.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "schema/crypto/crypto.hpp"
#include "schema/values/bytes.hpp"

struct x509_st;

namespace kaiku::kiosk_tests {

using CertificateHandle = std::shared_ptr<x509_st>;

// A CA of ten minutes that signs itself.
CertificateHandle make_ca(crypto::P256PrivateKey const& key);
struct CertificateAuthority {
  x509_st* certificate;
  crypto::P256PrivateKey const& key;
};
// For 127.0.0.1, ending `life_s` from now; a negative life has ended already.
CertificateHandle make_certificate(crypto::P256PublicKey const& key, char const* name,
                                   CertificateAuthority const& issuer, std::int64_t life_s);
std::string pem_of(x509_st* certificate);
bool has_expired(x509_st* certificate);
// The key of a PKCS#10 request that proves itself; nullopt otherwise.
std::optional<crypto::P256PublicKey> key_of_request(std::string const& pem);

}  // namespace kaiku::kiosk_tests
