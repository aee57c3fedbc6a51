// Time in a simulation: one true time that acts move, and clocks that may be wrong about it.
#pragma once

#include "schema/values/time.hpp"

namespace kaiku::simulation {

// The truth. Starts on Monday 15.6.2026 at noon in Helsinki.
class TrueTime {
 public:
  std::int64_t passed_us() const { return passed_us_; }
  Instant now() const { return Instant{1'781'514'000'000'000} + passed_us_; }
  void pass(std::int64_t us) { passed_us_ += us; }

 private:
  std::int64_t passed_us_ = 0;
};

// A machine's clock: the wall clock may jump, the monotonic one starts anew with the machine.
class SimulatedClock final : public Clock {
 public:
  explicit SimulatedClock(TrueTime const& time) : time_(time) {}
  Instant now() const override { return time_.now() + wrong_by_us_; }
  std::int64_t monotonic_us() const override { return time_.passed_us() - started_us_ + second_us; }
  void jump(std::int64_t us) { wrong_by_us_ += us; }
  void restart() { started_us_ = time_.passed_us(); }

 private:
  TrueTime const& time_;
  std::int64_t wrong_by_us_ = 0;
  std::int64_t started_us_ = 0;
};

}  // namespace kaiku::simulation
