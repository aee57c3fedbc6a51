#include "server/pages/frame/flash.hpp"

#include <algorithm>
#include <iterator>

#include "schema/crypto/crypto.hpp"
#include "server/access/identity/services.hpp"
#include "server/pages/frame/links.hpp"

namespace kaiku::pages {
namespace {

constexpr std::int64_t lifetime_us = 10 * minute_us;
constexpr std::string_view attributes = "; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=";

Digest sealing_key(access::Call const& call) {
  return crypto::hmac_sha256(call.services().keys.csrf, bytes_of("kaiku flash 1"));
}

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
  auto dated = told;
  dated.emplace_back("at", std::to_string(call.now().us));
  auto const plain = encoded(dated);
  auto const nonce = call.services().random.bytes<12>();
  auto const sealed =
      crypto::aes_gcm_seal(sealing_key(call), nonce, bound_to(call, page), bytes_of(plain));
  Bytes whole;
  whole.reserve(nonce.size() + sealed.size());
  std::copy(nonce.begin(), nonce.end(), std::back_inserter(whole));
  std::copy(sealed.begin(), sealed.end(), std::back_inserter(whole));
  return std::string(flash_cookie_name) + "=" + to_base64url(whole) + std::string(attributes) +
         "600";
}

std::optional<http::FormPairs> flash_of(access::Call const& call, std::string_view page) {
  auto const whole = from_base64url(call.request().cookie(flash_cookie_name));
  if (!whole || whole->size() < 12) return std::nullopt;
  auto const bytes = ByteView(*whole);
  auto const plain = crypto::aes_gcm_open(sealing_key(call), bytes.first(12), bound_to(call, page),
                                          bytes.subspan(12));
  if (!plain) return std::nullopt;
  auto told = http::parse_form(text_of(*plain));
  if (!told) return std::nullopt;
  auto const at = http::form_value(*told, "at");
  if (!at || call.now().us - std::stoll(std::string(*at)) > lifetime_us) return std::nullopt;
  return std::move(*told);
}

std::string ended_flash_cookie() {
  return std::string(flash_cookie_name) + "=" + std::string(attributes) + "0";
}

}  // namespace kaiku::pages
