// COSE_Sign1 (RFC 9052 section 4.2), the profile that Kaiku signs with: algorithm and key id in the
// protected header, unprotected header empty, tag 18.
#pragma once

#include <cstddef>
#include <cstdint>

#include "schema/crypto/crypto.hpp"
#include "schema/values/bytes.hpp"
#include "schema/values/result.hpp"

namespace kaiku::cose {

// RFC 9864: -19 Ed25519 (we emit), -8 EdDSA (accepted); -7 ES256 (we emit), -9 ESP256 (accepted).
inline constexpr std::int64_t alg_ed25519 = -19;
inline constexpr std::int64_t alg_eddsa = -8;
inline constexpr std::int64_t alg_es256 = -7;
inline constexpr std::int64_t alg_esp256 = -9;
// Key ids of ours are 8 bytes; the profile refuses empty ones and those over this.
inline constexpr std::size_t max_key_id_size = 32;

Bytes sign1_ed25519(crypto::Ed25519PrivateKey const& key, ByteView payload,
                    ByteView external_aad = {});
Bytes sign1_es256(crypto::P256PrivateKey const& key, ByteView key_id, ByteView payload,
                  ByteView external_aad = {});

// What is signed: ["Signature1", protected, external_aad, payload] (RFC 9052 section 4.4).
Bytes sig_structure(ByteView protected_header, ByteView external_aad, ByteView payload);

// Parsed, not yet verified. Views point into the input.
struct Sign1 {
  std::int64_t alg = 0;
  ByteView key_id;
  ByteView protected_header;  // the bstr's content
  ByteView payload;
  ByteView signature;
};

// Strict: tag 18, four items, unprotected empty, protected exactly {1: alg, 4: kid} with one of the
// four algorithms, payload attached, signature of 64 bytes, deterministic, nothing after it.
// Problem::unreadable otherwise.
Result<Sign1> parse_sign1(ByteView encoded, std::size_t size_limit);
// False when the algorithm is not one of this key type's, or the signature does not verify.
bool verify(Sign1 const& message, crypto::Ed25519PublicKey const& key, ByteView external_aad = {});
bool verify(Sign1 const& message, crypto::P256PublicKey const& key, ByteView external_aad = {});

}  // namespace kaiku::cose
