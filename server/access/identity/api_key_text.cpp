#include "server/access/identity/api_key_text.hpp"

#include <algorithm>

#include "schema/crypto/crypto.hpp"
#include "schema/values/ascii.hpp"

namespace kaiku::access {
namespace {

constexpr std::string_view bearer = "bearer";
constexpr std::size_t key_characters = api_key_prefix.size() + 43;

}  // namespace

std::optional<Digest> api_key_lookup(std::string_view authorization) {
  auto const scheme = authorization.substr(0, authorization.find(' '));
  // The scheme has no case (RFC 9110 section 11.1).
  if (!ascii::same_letters(scheme, bearer)) return std::nullopt;
  auto key = authorization.substr(scheme.size());
  key.remove_prefix(std::min(key.find_first_not_of(' '), key.size()));
  if (key.size() != key_characters || !key.starts_with(api_key_prefix)) return std::nullopt;
  return crypto::sha256(bytes_of(key));
}

}  // namespace kaiku::access
