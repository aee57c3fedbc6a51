// Passwords: scrypt (RFC 7914) with N=2^17, r=8, p=1, 128 MiB and some 0.4 s each. Password lane
// only.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "schema/crypto/random.hpp"
#include "schema/values/bytes.hpp"
#include "schema/values/result.hpp"
#include "server/tables/logins.hpp"

namespace kaiku::access {

inline constexpr std::size_t least_password_characters = 12;
inline constexpr std::size_t most_password_characters = 128;

// Throws when there is no memory for it.
tables::PasswordHash hash_password(std::string_view password, Random& random);

// Takes the same time whether or not there is a hash: without one a dummy is computed, and false.
bool password_matches(std::string_view password, std::optional<tables::PasswordHash> const& stored);

// What is wrong with a new password, nullopt when it will do. `pointer` names its field.
std::optional<FieldFault> password_fault(std::string_view password, std::string_view username,
                                         std::string_view pointer);

}  // namespace kaiku::access
