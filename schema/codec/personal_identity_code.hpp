// Finds Finnish personal identity codes (henkilötunnus) in free text, so that none is ever stored.
#pragma once

#include <string_view>

namespace kaiku::codec {

// True when the text contains a valid henkilötunnus in any spelling: a real date, a century sign
// (+ - U V W X Y A B C D E F) or none, a number 002–999 and the right check character; any case,
// full-width too, with spaces, dots and what has no width anywhere in it, a typographic dash for
// the sign. Inside a longer word only as it stands in the decree. Ten digits are one only where
// they are not spaced as a telephone number or as a date and a time of day.
bool contains_personal_identity_code(std::string_view text);

}  // namespace kaiku::codec
