// What a browser would like to get: language and kind of document (RFC 9110 section 12.5).
#pragma once

#include <optional>
#include <string_view>

#include "schema/contract/answers.hpp"
#include "server/http/message.hpp"

namespace kaiku::pages {

// The weight, 0 to 1000, that a list such as Accept-Language gives to `wanted` or, in languages, to
// a longer range of it ("sv-FI" for "sv"); 0 when it does not name it. "*" names nothing.
int weight_of(std::string_view list, std::string_view wanted);

// The language of ours that has the greatest weight; of equals the one named first. Nullopt when
// none is named.
std::optional<contract::Language> accepted_language(std::string_view accept_language);

// Whether a person reads the answer: HTML is named, and not after JSON. Devices never do.
bool wants_page(http::Request const& request);

}  // namespace kaiku::pages
