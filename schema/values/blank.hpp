// Blanks as people and programs put them around text, and text that is nothing else.
#pragma once

#include <string_view>

namespace kaiku {

// Without what shows as nothing at both ends: Unicode's White_Space, zero-width characters and the
// byte-order mark (UTF-8). Empty: the text is blank.
std::string_view without_blanks_around(std::string_view text);

}  // namespace kaiku
