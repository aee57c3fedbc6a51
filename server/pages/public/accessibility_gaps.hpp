// The data file of known accessibility faults (accessibility_gaps.def).
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace kaiku::pages {

struct AccessibilityGap {
  std::string_view criterion;  // of WCAG
  std::string_view page;
  std::array<std::string_view, 3> what;       // by language
  std::array<std::string_view, 3> way_round;  // the same
  std::string_view mended_by;                 // 2027-06-30
};
std::span<AccessibilityGap const> accessibility_gaps();

}  // namespace kaiku::pages
