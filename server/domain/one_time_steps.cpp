#include "server/domain/one_time_steps.hpp"

#include <algorithm>

namespace kaiku::domain {

std::int64_t one_time_step_at(Instant at) { return at.us / (one_time_step_s * second_us); }

int seconds_to_code_after(std::int64_t last_used, Instant now) {
  auto const next_us = (last_used + 1) * one_time_step_s * second_us;
  auto const left_s = (next_us - now.us + second_us - 1) / second_us;
  return static_cast<int>(std::clamp<std::int64_t>(left_s, 1, day_us / second_us));
}

}  // namespace kaiku::domain
