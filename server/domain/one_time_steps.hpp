// The steps of time-based one-time codes (RFC 6238 section 4): 30 seconds each, since 1970.
#pragma once

#include <cstdint>

#include "schema/values/time.hpp"

namespace kaiku::domain {

inline constexpr std::int64_t one_time_step_s = 30;

std::int64_t one_time_step_at(Instant at);
// Seconds until the first code after `last_used` is shown, at least 1: for Retry-After. A code
// works once and takes those before it along, so it is the last used one that counts, not the one
// sent.
int seconds_to_code_after(std::int64_t last_used, Instant now);

}  // namespace kaiku::domain
