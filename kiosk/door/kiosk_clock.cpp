#include "kiosk/door/kiosk_clock.hpp"

#include <algorithm>
#include <cstdlib>

namespace kaiku::kiosk {

void KioskClock::server_said(Instant server_time, std::int64_t age_us) {
  std::lock_guard const hold(mutex_);
  server_time_ = server_time + age_us;
  heard_at_us_ = clock_.monotonic_us();
}

std::optional<Instant> KioskClock::server_now() const {
  std::lock_guard const hold(mutex_);
  if (!server_time_) return std::nullopt;
  return *server_time_ + (clock_.monotonic_us() - heard_at_us_);
}

std::int64_t KioskClock::difference_us() const {
  auto const server = server_now();
  return server ? *server - clock_.now() : known_difference_us_;
}

bool KioskClock::has_fault() const { return std::llabs(difference_us()) > clock_fault_us; }

Instant KioskClock::now() const {
  auto const wall = clock_.now();
  return std::max(wall, server_now().value_or(wall));
}

Stamp KioskClock::stamp() const { return {clock_.now(), difference_us(), 0}; }

}  // namespace kaiku::kiosk
