// Names and values out of a query string or a posted form (WHATWG URL, section 5.1), read strictly.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/values/result.hpp"

namespace kaiku::http {

using FormPairs = std::vector<std::pair<std::string, std::string>>;
// Enough for a form that ticks every venue of an area (use_cases::most_venues_of_key).
inline constexpr std::size_t max_form_pairs = 576;

// RFC 3986 section 2.1; nullopt for a '%' without two hexadecimal digits.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space = false);

// Everything but the unreserved characters (RFC 3986 section 2.3) as %XX.
std::string percent_encode(std::string_view text);

// The path of a URI with %XX of unreserved characters (RFC 3986 section 2.3) decoded, nothing else.
std::string with_unreserved_decoded(std::string_view path);

// A query (without its '?') or an application/x-www-form-urlencoded body; both have one syntax.
// Problem::malformed_request for wrong escapes, NUL, what is not UTF-8, and more than
// max_form_pairs.
Result<FormPairs> parse_form(std::string_view text);
inline Result<FormPairs> parse_query(std::string_view query) { return parse_form(query); }

// The first value of a name; nullopt when it is absent.
std::optional<std::string_view> form_value(FormPairs const& pairs, std::string_view name);

}  // namespace kaiku::http
