// The clock of a demo's history: stands where it is put, so that years are made in seconds.
#pragma once

#include <atomic>

#include "schema/values/time.hpp"

namespace kaiku::demo {

class DemoClock final : public Clock {
 public:
  explicit DemoClock(Instant at) : us_(at.us) {}
  Instant now() const override { return {us_.load()}; }
  std::int64_t monotonic_us() const override { return us_.load(); }
  void set(Instant at) { us_ = at.us; }

 private:
  std::atomic<std::int64_t> us_;
};

}  // namespace kaiku::demo
