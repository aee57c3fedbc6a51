// How long people wait for an answer, and how long we keep where to send it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "schema/values/time.hpp"

namespace kaiku::domain {

inline constexpr std::int32_t answered_within_days = 14;
inline constexpr std::int64_t contact_kept_days = 90;  // after the answer
inline constexpr std::int64_t contact_kept_us = contact_kept_days * day_us;
// In code points.
inline constexpr std::size_t longest_message = 2'000;
inline constexpr std::size_t longest_contact = 200;

}  // namespace kaiku::domain
