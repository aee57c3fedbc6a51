// Names and values that the server seals for itself: what a cookie or an address carries back to us
// without telling anybody. Thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/access/call/call.hpp"
#include "server/http/form.hpp"

namespace kaiku::pages {

// base64url(nonce ‖ AES-256-GCM) under HMAC(csrf key, purpose). `bound`: whom and what it is for;
// nowhere else does it open. The time of sealing is sealed in.
std::string sealed(access::Call const& call, std::string_view purpose, ByteView bound,
                   http::FormPairs told);
// nullopt for what is damaged, of another purpose, bound to something else or older than `life_us`.
std::optional<http::FormPairs> opened(access::Call const& call, std::string_view purpose,
                                      ByteView bound, std::string_view sealed_text,
                                      std::int64_t life_us);

}  // namespace kaiku::pages
