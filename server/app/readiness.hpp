// Whether the server can answer from its database, for balancers and operators.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "server/access/identity/services.hpp"
#include "server/lanes/read_lanes.hpp"
#include "server/telemetry/faults.hpp"

namespace kaiku {

// Asks the lane of those who work here for a look into the database each second, so that the answer
// costs nobody a look-up, and no flood of questions or strangers makes a healthy server look busy.
class Readiness final : public access::Readiness {
 public:
  static constexpr std::chrono::seconds apart{1};
  static constexpr std::chrono::seconds too_long{5};  // since the lane last answered

  // Waits for the first answer.
  Readiness(lanes::ReadLanes& readers, telemetry::FaultReport& faults);
  ~Readiness() override;
  bool is_ready() const override;

 private:
  void work();
  void ask();
  lanes::ReadLanes& readers_;
  telemetry::FaultReport& faults_;
  std::atomic<std::chrono::steady_clock::time_point> answered_at_{};
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace kaiku
