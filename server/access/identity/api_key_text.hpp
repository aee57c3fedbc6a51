// The text of an API key: "kaiku_" and 32 random bytes in base64url, shown once when it is made.
#pragma once

#include <optional>
#include <string_view>

#include "schema/values/bytes.hpp"

namespace kaiku::access {

inline constexpr std::string_view api_key_prefix = "kaiku_";

// SHA-256 of the key in "Bearer kaiku_…", however many spaces stand between (RFC 9110 section
// 11.4); nullopt for anything that has not its shape. A plain hash
// is enough for 256 random bits, and cheap for each redemption.
std::optional<Digest> api_key_lookup(std::string_view authorization);

}  // namespace kaiku::access
