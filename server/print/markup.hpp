// Running text for Pango: what comes from outside enters through one of these functions, so that a
// name with an ampersand stays a name.
#pragma once

#include <string>
#include <string_view>

namespace kaiku::print {

struct Markup {
  std::string text;
};

// Asserts that the text is UTF-8. A telephone number stays on its line.
Markup plain(std::string_view text);
// A code to be copied: bold, each character as wide as the next.
Markup code(std::string_view text);
// An address of the web: whole on its line when it is short enough for every line of ours (36
// characters), else broken without a hyphen, for that would be part of it.
Markup address(std::string_view text);

}  // namespace kaiku::print
