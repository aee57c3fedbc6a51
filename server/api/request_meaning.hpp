// What a creating request asks, however it is said: the same Idempotency-Key with the code or the
// QR of a card, with a default left out or spelled out, or with a time in another offset is the
// same request.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string_view>

#include "schema/values/bytes.hpp"
#include "server/access/call/call.hpp"

namespace kaiku::api {

// Whether the defaults of the route are known; a test walks all that take an Idempotency-Key.
bool has_meaning(std::string_view pattern);

// The MAC of the meaning, under the key of idempotent bodies. It depends on the request alone, so
// that a request sent again unchanged is the same whatever happened in between.
Digest meaning_mac(access::Call const& call, std::string_view pattern, nlohmann::json const& body);

// Whether this request asks what the one with `mac` asked. `answer` is what that one was answered:
// a default that the server chose (a municipality by its postcode) is told there.
bool asks_the_same(access::Call const& call, std::string_view pattern, nlohmann::json const& body,
                   Digest const& mac, nlohmann::json const& answer);

}  // namespace kaiku::api
