// The data file of known accessibility faults (accessibility_gaps.def).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace kaiku::pages {

// Why it is there: not mended yet, a disproportionate burden, or content beyond the act.
enum class GapReason : std::uint8_t { shortcoming, burden, beyond_law };

struct AccessibilityGap {
  std::string_view criterion;  // of WCAG
  std::string_view page;
  GapReason reason;
  std::array<std::string_view, 3> what;       // by language; a burden's with its ground
  std::array<std::string_view, 3> way_round;  // the same
  std::string_view mended_by;                 // 2027-06-30
};
std::span<AccessibilityGap const> accessibility_gaps();

// Of the pages with the law: not at all when more than half of the criteria have a gap. What is
// beyond the law is no gap of theirs.
enum class Compliance : std::uint8_t { fully, partly, not_met };
Compliance compliance_with(std::span<AccessibilityGap const> gaps);

}  // namespace kaiku::pages
