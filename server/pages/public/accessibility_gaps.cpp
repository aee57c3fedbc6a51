#include "server/pages/public/accessibility_gaps.hpp"

namespace kaiku::pages {

std::span<AccessibilityGap const> accessibility_gaps() {
  static constexpr std::array gaps{
#define KAIKU_GAP(criterion, page, fi, sv, en, way_fi, way_sv, way_en, mended_by) \
  AccessibilityGap{criterion, page, {fi, sv, en}, {way_fi, way_sv, way_en}, mended_by},
#include "server/pages/public/accessibility_gaps.def"
#undef KAIKU_GAP
  };
  return gaps;
}

}  // namespace kaiku::pages
