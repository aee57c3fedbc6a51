// What keyboards, word processors and scanners put where a plain character is meant.
#pragma once

#include <string>
#include <string_view>

namespace kaiku {

// One ASCII character for each of the text: a hyphen for every dash (Unicode's category Pd, minus
// signs, the soft hyphen), a space for every space and for what has no width, full-width forms as
// the characters that they are; '?' for all else that is not ASCII. Takes any bytes: one that is
// not UTF-8 is a '?'.
std::string with_plain_characters(std::string_view text);

// The text without the characters that take no place on the line: joiners, marks of direction,
// byte order marks. Takes any bytes.
std::string without_what_has_no_width(std::string_view text);

}  // namespace kaiku
