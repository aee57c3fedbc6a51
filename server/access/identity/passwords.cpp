#include "server/access/identity/passwords.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "schema/crypto/crypto.hpp"
#include "schema/values/ascii.hpp"
#include "schema/values/utf8.hpp"

namespace kaiku::access {
namespace {

constexpr crypto::ScryptCost password_cost{std::uint64_t{1} << 17, 8, 1};

// Words that begin or make up the most common long passwords; compared without case.
constexpr std::array<std::string_view, 14> common_words{
    "password", "salasana",   "qwerty", "kaiku",   "kaikukortti", "lösenord", "letmein",
    "welcome",  "tervetuloa", "suomi",  "finland", "admin",       "12345678", "abcdefgh"};

// A common word with nothing but digits and signs around it: "Salasana2026!!".
bool is_common(std::string_view password) {
  auto const folded = ascii::lowered(password);
  for (auto const word : common_words) {
    auto const at = folded.find(word);
    if (at == std::string::npos) continue;
    auto rest = folded;
    while (rest.find(word) != std::string::npos) rest.erase(rest.find(word), word.size());
    auto const letters = std::count_if(
        rest.begin(), rest.end(), [](char c) { return ascii::is_lower(c) || (c & '\x80') != 0; });
    if (letters < 4) return true;
  }
  return false;
}

}  // namespace

tables::PasswordHash hash_password(std::string_view password, Random& random) {
  tables::PasswordHash made;
  made.salt = random.bytes<16>();
  auto const hash = crypto::scrypt(password, made.salt, password_cost, made.hash.size());
  std::copy(hash.begin(), hash.end(), made.hash.begin());
  return made;
}

bool password_matches(std::string_view password,
                      std::optional<tables::PasswordHash> const& stored) {
  auto const against = stored.value_or(tables::PasswordHash{});
  auto const hash = crypto::scrypt(password, against.salt, password_cost, against.hash.size());
  auto const equal = crypto::equal_constant_time(hash, against.hash);
  return equal && stored.has_value();
}

std::optional<FieldFault> password_fault(std::string_view password, std::string_view username,
                                         std::string_view pointer) {
  auto const fault = [&](FaultCode code, std::string detail = "") {
    return FieldFault{std::string(pointer), code, std::move(detail)};
  };
  auto const characters = code_points_in(password);
  if (characters < least_password_characters) {
    return fault(FaultCode::too_short, "has to have at least 12 characters");
  }
  if (characters > most_password_characters) {
    return fault(FaultCode::too_long, "may have at most 128 characters");
  }
  std::set<char> const different(password.begin(), password.end());
  if (different.size() < 5 || is_common(password)) {
    return fault(FaultCode::too_common);
  }
  if (!username.empty() &&
      ascii::lowered(password).find(ascii::lowered(username)) != std::string::npos) {
    return fault(FaultCode::has_username);
  }
  return std::nullopt;
}

}  // namespace kaiku::access
