// What a device sends to have its key certified: a PKCS#10 request (RFC 2986) in PEM.
#pragma once

#include <string_view>

#include "schema/crypto/crypto.hpp"
#include "schema/values/result.hpp"

namespace kaiku::access {

inline constexpr std::size_t certificate_request_limit = 4096;  // bytes of PEM

// The key of a request that is sound: P-256 and signed by itself with ECDSA and SHA-2, which proves
// that the sender holds the private half. Subject and extensions are not read: we write our own.
// Problem::csr_invalid otherwise, with a reason that repeats nothing of the request.
Result<crypto::P256PublicKey> read_certificate_request(std::string_view pem);

}  // namespace kaiku::access
