// The kiosk's idea of time: its own wall clock, held against the server's at each contact.
#pragma once

#include <mutex>
#include <optional>

#include "kiosk/device/stamp.hpp"
#include "schema/values/time.hpp"

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
  // The server has signed for this time: it is not earlier now, whatever the wall clock says.
  void at_least(Instant signed_time);
  // Server - kiosk now: it follows the monotonic clock since the last contact, so that a wall clock
  // set meanwhile does not make it wrong. Before the first contact of this run: as stored, or what
  // `at_least` proves.
  std::int64_t difference_us() const;
  // More than five minutes off the server, or behind what it has signed.
  bool has_fault() const;
  // The server's time once it was heard in this run, by the monotonic clock since; before that the
  // wall clock. Never earlier than the newest signed time. A wall clock that runs ahead must not
  // make cards expire early.
  Instant now() const;
  // The server's time as well as we know it: wall clock + difference.
  Instant server_time() const;
  Instant wall() const { return clock_.now(); }
  std::int64_t monotonic_us() const { return clock_.monotonic_us(); }
  // `snapshot_sequence`: of the data that decided; 0: decided online.
  Stamp stamp(std::int64_t snapshot_sequence = 0) const;

 private:
  // A time and the monotonic clock when it was learnt.
  struct Heard {
    Instant time;
    std::int64_t at_us = 0;
  };
  struct Reading {
    Instant wall;
    std::optional<Instant> server;  // of this run
    std::optional<Instant> least;
  };
  Reading read() const;
  std::int64_t difference_us(Reading const& reading) const;

  Clock const& clock_;
  std::int64_t known_difference_us_;
  mutable std::mutex mutex_;
  std::optional<Heard> server_;
  std::optional<Heard> least_;
};

}  // namespace kaiku::kiosk
