// Names that Excel takes for the sheets of a file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kaiku::exports {

// One a title, in their order: at most 31 characters, none of []:*?/\, no apostrophe at an end, no
// two alike whatever their case. `other`: what a title is called of which nothing is left.
std::vector<std::string> sheet_names(std::vector<std::string> const& titles,
                                     std::string_view other);

}  // namespace kaiku::exports
