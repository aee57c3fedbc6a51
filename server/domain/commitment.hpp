// Which text of the scheme's commitment offices and venues accept. The text itself stands in
// server/pages/frame/commitment_texts.def: whoever changes what it says raises the version.
#pragma once

#include <cstdint>

#include "schema/values/time.hpp"

namespace kaiku::domain {

inline constexpr std::int64_t commitment_version = 1;
inline constexpr Day commitment_day{20'786};  // 29.11.2026: since when this version stands

}  // namespace kaiku::domain
