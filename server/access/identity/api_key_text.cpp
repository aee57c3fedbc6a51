#include "server/access/identity/api_key_text.hpp"

#include "schema/crypto/crypto.hpp"
#include "schema/values/ascii.hpp"

namespace kaiku::access {
namespace {

constexpr std::string_view bearer = "bearer ";
constexpr std::size_t key_characters = api_key_prefix.size() + 43;

}  // namespace

std::optional<Digest> api_key_lookup(std::string_view authorization) {
  if (authorization.size() != bearer.size() + key_characters) return std::nullopt;
  // The scheme has no case (RFC 9110 section 11.1).
  if (!ascii::same_letters(authorization.substr(0, bearer.size()), bearer)) return std::nullopt;
  auto const key = authorization.substr(bearer.size());
  if (!key.starts_with(api_key_prefix)) return std::nullopt;
  return crypto::sha256(bytes_of(key));
}

}  // namespace kaiku::access
