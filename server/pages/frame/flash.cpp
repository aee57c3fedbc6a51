#include "server/pages/frame/flash.hpp"

#include "server/pages/frame/sealed.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view purpose = "kaiku flash 1";
constexpr std::int64_t life_us = 10 * minute_us;
constexpr std::string_view attributes = "; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=";

Bytes bound_to(access::Call const& call, std::string_view page) {
  Bytes bound;
  if (call.session()) bound.assign(call.session()->lookup.begin(), call.session()->lookup.end());
  auto const name = bytes_of(page);
  bound.insert(bound.end(), name.begin(), name.end());
  return bound;
}

}  // namespace

std::string flash_cookie(access::Call const& call, std::string_view page,
                         http::FormPairs const& told) {
  return std::string(flash_cookie_name) + "=" + sealed(call, purpose, bound_to(call, page), told) +
         std::string(attributes) + "600";
}

std::optional<http::FormPairs> flash_of(access::Call const& call, std::string_view page) {
  return opened(call, purpose, bound_to(call, page), call.request().cookie(flash_cookie_name),
                life_us);
}

std::string ended_flash_cookie() {
  return std::string(flash_cookie_name) + "=" + std::string(attributes) + "0";
}

}  // namespace kaiku::pages
