// How long a use can be undone where it was recorded.
#pragma once

#include "schema/values/time.hpp"

namespace kaiku::contract {

inline constexpr std::int64_t undo_within_us = 15 * minute_us;

// Both times by the same clock. `recorded`: when the use was recorded, not when it occurred; a
// paper form of last week can be undone for as long as a use of just now.
constexpr bool may_be_undone(Instant recorded, Instant now) {
  return now.us - recorded.us <= undo_within_us;
}

}  // namespace kaiku::contract
