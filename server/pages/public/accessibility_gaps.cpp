#include "server/pages/public/accessibility_gaps.hpp"

#include <set>

namespace kaiku::pages {
namespace {

constexpr std::size_t criteria_of_the_law = 50;  // WCAG 2.1, levels A and AA

}  // namespace

std::span<AccessibilityGap const> accessibility_gaps() {
  static constexpr std::array gaps{
#define KAIKU_GAP(criterion, page, reason, fi, sv, en, way_fi, way_sv, way_en, mended_by)      \
  AccessibilityGap{criterion, page, GapReason::reason, {fi, sv, en}, {way_fi, way_sv, way_en}, \
                   mended_by},
#include "server/pages/public/accessibility_gaps.def"
#undef KAIKU_GAP
  };
  return gaps;
}

Compliance compliance_with(std::span<AccessibilityGap const> gaps) {
  std::set<std::string_view> unmet;
  for (auto const& gap : gaps) {
    if (gap.reason != GapReason::beyond_law) unmet.insert(gap.criterion);
  }
  if (unmet.empty()) return Compliance::fully;
  return unmet.size() * 2 > criteria_of_the_law ? Compliance::not_met : Compliance::partly;
}

}  // namespace kaiku::pages
