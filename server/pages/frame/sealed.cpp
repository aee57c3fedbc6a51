#include "server/pages/frame/sealed.hpp"

#include <algorithm>
#include <iterator>

#include "schema/crypto/crypto.hpp"
#include "server/access/identity/services.hpp"
#include "server/pages/frame/links.hpp"

namespace kaiku::pages {
namespace {

constexpr std::size_t nonce_size = 12;
constexpr std::string_view sealed_at = "sealed_at";

Digest key_of(access::Call const& call, std::string_view purpose) {
  return crypto::hmac_sha256(call.services().keys.csrf, bytes_of(purpose));
}

}  // namespace

std::string sealed(access::Call const& call, std::string_view purpose, ByteView bound,
                   http::FormPairs told) {
  told.emplace_back(sealed_at, std::to_string(call.now().us));
  auto const plain = encoded(told);
  auto const nonce = call.services().random.bytes<nonce_size>();
  auto const hidden = crypto::aes_gcm_seal(key_of(call, purpose), nonce, bound, bytes_of(plain));
  Bytes whole(nonce.begin(), nonce.end());
  std::copy(hidden.begin(), hidden.end(), std::back_inserter(whole));
  return to_base64url(whole);
}

std::optional<http::FormPairs> opened(access::Call const& call, std::string_view purpose,
                                      ByteView bound, std::string_view sealed_text,
                                      std::int64_t life_us) {
  auto const whole = from_base64url(sealed_text);
  if (!whole || whole->size() < nonce_size) return std::nullopt;
  auto const bytes = ByteView(*whole);
  auto const plain = crypto::aes_gcm_open(key_of(call, purpose), bytes.first(nonce_size), bound,
                                          bytes.subspan(nonce_size));
  if (!plain) return std::nullopt;
  auto told = http::parse_form(text_of(*plain));
  if (!told) return std::nullopt;
  auto const at = http::form_value(*told, sealed_at);
  if (!at || call.now().us - std::stoll(std::string(*at)) > life_us) return std::nullopt;
  std::erase_if(*told, [](auto const& pair) { return pair.first == sealed_at; });
  return std::move(*told);
}

}  // namespace kaiku::pages
