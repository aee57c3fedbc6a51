// What others would try first as a password (NIST SP 800-63B section 5.1.1.2).
#pragma once

#include <string_view>
#include <vector>

namespace kaiku::access {

// common_passwords.txt whole: in rows, lower case, '#' before a row that holds none.
std::string_view embedded_common_passwords();
// Its words, the most common first.
std::vector<std::string_view> listed_common_passwords();

// True of a password of the list in any case, with digits and signs about it, several times over,
// with one more of the list behind it, or of any number of them with digits between. Three words
// and more with blanks, signs or nothing between are none.
bool is_common_password(std::string_view password);

}  // namespace kaiku::access
