#include "server/access/identity/passwords.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "schema/crypto/crypto.hpp"
#include "schema/values/ascii.hpp"
#include "schema/values/utf8.hpp"
#include "server/access/identity/common_passwords.hpp"

namespace kaiku::access {
namespace {

constexpr crypto::ScryptCost password_cost{std::uint64_t{1} << 17, 8, 1};

// Without case and signs: "Uusi.Tyontekija" and "uusityontekija" are one name.
std::string letters_of(std::string_view text) {
  auto out = ascii::lowered(text);
  std::erase_if(
      out, [](char c) { return !ascii::is_letter(c) && !ascii::is_digit(c) && (c & '\x80') == 0; });
  return out;
}

bool holds_name(std::string_view password, std::string_view username) {
  if (username.empty()) return false;
  if (ascii::lowered(password).find(ascii::lowered(username)) != std::string::npos) return true;
  auto const name = letters_of(username);
  return name.size() >= 4 && letters_of(password).find(name) != std::string::npos;
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
  if (different.size() < 5 || is_common_password(password)) {
    return fault(FaultCode::too_common);
  }
  if (holds_name(password, username)) {
    return fault(FaultCode::has_username);
  }
  return std::nullopt;
}

}  // namespace kaiku::access
