// UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <string_view>

#include "schema/values/bytes.hpp"

namespace kaiku {

// The length in bytes of the well-formed sequence at the front; 0 when there is none.
std::size_t utf8_sequence(std::string_view text);
bool is_utf8(std::string_view text);
// What a person counts as characters: the code points of a well-formed text.
std::size_t code_points_in(std::string_view text);
inline bool is_utf8(ByteView text) { return is_utf8(text_of(text)); }

}  // namespace kaiku
