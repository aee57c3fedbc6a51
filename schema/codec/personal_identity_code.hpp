// Finds Finnish personal identity codes (henkilötunnus) in free text, so that none is ever stored.
#pragma once

#include <string_view>

namespace kaiku::codec {

// True when the text contains something shaped like a valid henkilötunnus: a real date, a century
// sign (+ - U V W X Y A B C D E F), a number 002–999 and the right check character; any case, also
// inside other text, also with spaces or a typographic dash around the century sign.
bool contains_personal_identity_code(std::string_view text);

}  // namespace kaiku::codec
