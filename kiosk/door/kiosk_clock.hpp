// The kiosk's idea of time: its own wall clock, held against the server's at each contact.
#pragma once

#include <mutex>
#include <optional>

#include "kiosk/journal/journal.hpp"
#include "schema/contract/time.hpp"

namespace kaiku::kiosk {

// More than this and the screen says so: late entries would be judged by a wrong day.
inline constexpr std::int64_t clock_fault_us = 5 * minute_us;

// Thread-safe.
class KioskClock {
 public:
  // `known_difference_us`: server - kiosk as stored at the last contact of an earlier run.
  KioskClock(Clock const& clock, std::int64_t known_difference_us)
      : clock_(clock), known_difference_us_(known_difference_us) {}

  // The server's time, read `age_us` ago.
  void server_said(Instant server_time, std::int64_t age_us = 0);
  // Server - kiosk now: it follows the monotonic clock since the last contact, so that a wall clock
  // set meanwhile does not make it wrong.
  std::int64_t difference_us() const;
  bool has_fault() const;
  // max(wall clock, last server time seen + monotonic time since).
  Instant now() const;
  Instant wall() const { return clock_.now(); }
  std::int64_t monotonic_us() const { return clock_.monotonic_us(); }
  Stamp stamp() const;

 private:
  std::optional<Instant> server_now() const;

  Clock const& clock_;
  std::int64_t known_difference_us_;
  mutable std::mutex mutex_;
  std::optional<Instant> server_time_;
  std::int64_t heard_at_us_ = 0;
};

}  // namespace kaiku::kiosk
