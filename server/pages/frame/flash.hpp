// What one response has to tell the page it redirects to, kept out of the address: sealed in a
// cookie that lives ten minutes, bound to the session, shown once.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/access/call/call.hpp"
#include "server/http/form.hpp"

namespace kaiku::pages {

inline constexpr std::string_view flash_cookie_name = "__Host-kaiku-flash";

// The value of Set-Cookie. AES-256-GCM under HMAC(csrf key, "kaiku flash 1"), AAD = session and
// page: a flash made for one page or session opens in no other.
std::string flash_cookie(access::Call const& call, std::string_view page,
                         http::FormPairs const& told);
// nullopt when there is none, it is older than ten minutes, another's or damaged.
std::optional<http::FormPairs> flash_of(access::Call const& call, std::string_view page);
std::string ended_flash_cookie();

}  // namespace kaiku::pages
