// What a caller's own key for a request looks like, in a body and in a header alike.
#pragma once

#include <string_view>

namespace kaiku::contract {

// 8 to 64 of [A-Za-z0-9:_-].
bool is_idempotency_key(std::string_view key);
// Keys are machine-made and long; among millions some hold an identity code's shape by chance, so
// that only a key which is one as a whole is refused.
bool is_personal_identity_code(std::string_view key);

}  // namespace kaiku::contract
