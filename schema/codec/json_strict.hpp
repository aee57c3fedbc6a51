// The one way in for JSON text.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <string_view>

#include "schema/values/result.hpp"

namespace kaiku::codec {

using Json = nlohmann::json;

// Strict parse (RFC 8259): depth ≤ 32, no duplicate member names, nothing before or after the value
// but white space, UTF-8 only, no NUL, no byte order mark. Problem::invalid_json; the detail says
// where, never what.
inline constexpr std::size_t max_json_depth = 32;
Result<Json> parse_json(std::string_view text);

}  // namespace kaiku::codec
