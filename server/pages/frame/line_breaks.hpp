// Where the lines of a drawn page may break: what the texts themselves leave to the browser.
#pragma once

#include <string>
#include <string_view>

namespace kaiku::pages {

// A card's short code in a sentence keeps its dots, a card's place in its batch its halves. Long
// words in titles, buttons and the like get a soft hyphen at the joint: few browsers hyphenate
// Finnish and Swedish themselves. Attributes, the title and whatever is copied or read by machine
// (options, codes, pictures) stay as they are.
std::string with_line_breaks(std::string_view html);

}  // namespace kaiku::pages
