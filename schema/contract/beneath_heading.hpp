// A staff text where it stands beneath its heading.
#pragma once

#include <string_view>

namespace kaiku::contract {

// Without the first sentence when the heading says just that; never nothing.
inline std::string_view beneath_heading(std::string_view staff, std::string_view heading) {
  auto const rest = staff.substr(staff.starts_with(heading) ? heading.size() : staff.size());
  return rest.starts_with(". ") ? rest.substr(2) : staff;
}

}  // namespace kaiku::contract
