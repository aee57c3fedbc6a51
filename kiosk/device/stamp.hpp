// What a journal entry says of time.
#pragma once

#include <cstdint>

#include "schema/values/time.hpp"

namespace kaiku::kiosk {

// The times that an entry carries. Microseconds.
struct Stamp {
  Instant kiosk_time;
  std::int64_t clock_difference_us = 0;
  std::int64_t snapshot_sequence = 0;
};

}  // namespace kaiku::kiosk
