// The few things the kiosk does with X.509 itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/crypto/crypto.hpp"
#include "schema/values/time.hpp"

namespace kaiku::kiosk {

// PKCS#10 (RFC 2986), PEM, signed with SHA-256: the proof that we hold the key. Throws on failure.
std::string certificate_request(crypto::P256PrivateKey const& key, std::string const& common_name);

struct CertificateFacts {
  std::string fingerprint;  // SHA-256 of the DER, hexadecimal
  Instant not_before;
  Instant not_after;
  Bytes public_key;  // SubjectPublicKeyInfo, DER
};
// Of the first certificate in a PEM text; nullopt when there is none.
std::optional<CertificateFacts> read_certificate(std::string_view pem);
// The first certificate of `pem` is signed by the CA certificate `ca_pem`.
bool is_issued_by(std::string_view pem, std::string_view ca_pem);

// "AB:CD:…" in groups for comparing by eye.
std::string spaced_fingerprint(std::string_view hex);

}  // namespace kaiku::kiosk
