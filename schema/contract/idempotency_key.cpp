#include "schema/contract/idempotency_key.hpp"

#include <algorithm>

#include "schema/codec/personal_identity_code.hpp"
#include "schema/values/ascii.hpp"

namespace kaiku::contract {

bool is_idempotency_key(std::string_view key) {
  return key.size() >= 8 && key.size() <= 64 && std::ranges::all_of(key, [](char c) {
           return ascii::is_letter(c) || ascii::is_digit(c) || c == ':' || c == '_' || c == '-';
         });
}

bool is_personal_identity_code(std::string_view key) {
  constexpr std::size_t length = 11;
  return key.size() == length && codec::contains_personal_identity_code(key);
}

}  // namespace kaiku::contract
