#include "server/print/markup.hpp"

#include <cassert>

#include "schema/values/ascii.hpp"
#include "schema/values/utf8.hpp"

namespace kaiku::print {

namespace {

// "044 123 4567" is one number.
bool is_within_number(std::string_view text, std::size_t at) {
  return at > 0 && at + 1 < text.size() && ascii::is_digit(text[at - 1]) &&
         ascii::is_digit(text[at + 1]);
}

}  // namespace

Markup plain(std::string_view text) {
  assert(is_utf8(text));
  Markup out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    switch (text[at]) {
      case '&': out.text += "&amp;"; break;
      case '<': out.text += "&lt;"; break;
      case '>': out.text += "&gt;"; break;
      case ' ': out.text += is_within_number(text, at) ? "\u00A0" : " "; break;
      default: out.text += text[at];
    }
  }
  return out;
}

Markup code(std::string_view text) {
  return {"<span font_family=\"Noto Sans Mono\" weight=\"bold\" insert_hyphens=\"false\">" +
          plain(text).text + "</span>"};
}

Markup address(std::string_view text) {
  constexpr std::size_t fits_everywhere = 36;
  char const* const breaks = text.size() <= fits_everywhere ? "false" : "true";
  return {std::string("<span insert_hyphens=\"false\" allow_breaks=\"") + breaks + "\">" +
          plain(text).text + "</span>"};
}

}  // namespace kaiku::print
