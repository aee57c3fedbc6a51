// Spaces as people and programs type them: not only U+0020.
#pragma once

#include <string>
#include <string_view>

namespace kaiku {

// The text without its spaces: all of Unicode's White_Space (the no-break ones too) and what has no
// width at all (U+200B, U+2060, U+FEFF). Bytes that are no UTF-8 stay.
std::string without_spaces(std::string_view text);
// Without those at both ends; empty for a text that is nothing else.
std::string_view without_spaces_around(std::string_view text);

}  // namespace kaiku
