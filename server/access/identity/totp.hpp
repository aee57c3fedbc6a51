// The second factor: TOTP (RFC 6238) with HMAC-SHA-1, six digits; its steps: one_time_steps.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schema/crypto/random.hpp"
#include "schema/values/bytes.hpp"
#include "schema/values/time.hpp"

namespace kaiku::access {

Bytes new_totp_secret(Random& random);  // 20 bytes, as RFC 4226 section 4 recommends

std::string totp_code(ByteView secret, std::int64_t step);
// The step that this code belongs to: that of `now`, the one before or the one after; nullopt when
// it is none of theirs. Whether the step was used before is the database's to say.
std::optional<std::int64_t> matching_totp_step(ByteView secret, std::string_view code, Instant now);

// What an authenticator app reads: otpauth://totp/<issuer>:<name>?secret=…&issuer=…
std::string otpauth_uri(std::string_view issuer, std::string_view username, ByteView secret);

}  // namespace kaiku::access
