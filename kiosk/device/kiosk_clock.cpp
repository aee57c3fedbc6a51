#include "kiosk/device/kiosk_clock.hpp"

#include <algorithm>
#include <cstdlib>

namespace kaiku::kiosk {

void KioskClock::server_said(Instant server_time, std::int64_t age_us) {
  std::lock_guard const hold(mutex_);
  server_ = Heard{server_time + age_us, clock_.monotonic_us()};
}

void KioskClock::at_least(Instant signed_time) {
  std::lock_guard const hold(mutex_);
  auto const now_us = clock_.monotonic_us();
  // What was proven earlier has gone on with the monotonic clock.
  if (least_ && least_->time + (now_us - least_->at_us) >= signed_time) return;
  least_ = Heard{signed_time, now_us};
}

KioskClock::Reading KioskClock::read() const {
  std::lock_guard const hold(mutex_);
  auto const now_us = clock_.monotonic_us();
  auto const since = [&](std::optional<Heard> const& heard) {
    return heard ? std::optional(heard->time + (now_us - heard->at_us)) : std::nullopt;
  };
  return {clock_.now(), since(server_), since(least_)};
}

std::int64_t KioskClock::difference_us(Reading const& reading) const {
  if (reading.server) return *reading.server - reading.wall;
  auto const guessed = reading.wall + known_difference_us_;
  return std::max(guessed, reading.least.value_or(guessed)) - reading.wall;
}

std::int64_t KioskClock::difference_us() const { return difference_us(read()); }

bool KioskClock::has_fault() const {
  auto const reading = read();
  if (std::llabs(difference_us(reading)) > clock_fault_us) return true;
  auto const known = std::max(reading.wall, reading.server.value_or(reading.wall));
  return reading.least && *reading.least - known > clock_fault_us;
}

Instant KioskClock::now() const {
  auto const reading = read();
  auto const known = reading.server.value_or(reading.wall);
  return std::max(known, reading.least.value_or(known));
}

Instant KioskClock::server_time() const {
  auto const reading = read();
  return reading.wall + difference_us(reading);
}

Stamp KioskClock::stamp(std::int64_t snapshot_sequence) const {
  auto const reading = read();
  return {reading.wall, difference_us(reading), snapshot_sequence};
}

}  // namespace kaiku::kiosk
