#include "schema/contract/idempotency_key.hpp"

#include <algorithm>

#include "schema/values/ascii.hpp"

namespace kaiku::contract {

bool is_idempotency_key(std::string_view key) {
  return key.size() >= 8 && key.size() <= 64 && std::ranges::all_of(key, [](char c) {
           return ascii::is_letter(c) || ascii::is_digit(c) || c == ':' || c == '_' || c == '-';
         });
}

}  // namespace kaiku::contract
