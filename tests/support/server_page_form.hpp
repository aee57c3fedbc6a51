// A form of a page as a browser fills it in and sends it.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "server/http/form.hpp"

namespace kaiku::test {

using FormFields = std::map<std::string, std::string, std::less<>>;

// The fields of the first form whose action is `action`, with what stands in them: texts, hidden
// ones, the checked of radios, the selected of selects, what is ticked of boxes with one name in
// order, a line each. Empty without such a form.
FormFields fields_of_form(std::string_view html, std::string_view action);
// application/x-www-form-urlencoded.
std::string encoded_form(FormFields const& fields);
// What a person reads: without tags, white space as one blank each, entities as characters.
std::string text_in(std::string_view html);

// The fields with these in place of those of the same name, or beside them.
http::FormPairs with_fields(http::FormPairs fields, http::FormPairs const& more);

}  // namespace kaiku::test
