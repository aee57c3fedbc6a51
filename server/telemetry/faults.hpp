// Machine's faults and bugs: each kind is a line in the log and a count in the metrics, so that
// none passes unseen.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "server/telemetry/log.hpp"
#include "server/telemetry/metrics.hpp"

namespace kaiku::telemetry {

class FaultReport {
 public:
  // `now_us` counts a steady time that lines are spaced by; default: the machine's.
  FaultReport(Log& log, Metrics& metrics, std::function<std::int64_t()> now_us = {});
  // `event` names what failed ("job_failed"), with static storage; `what` is said by SQLite or by
  // us, and holds no data of persons. A second one of the same event within a second is counted,
  // and told with the next line. From any thread; never throws.
  void tell(std::string_view event, std::string_view what, std::int64_t code = 0) noexcept;

 private:
  struct Told {
    std::int64_t at_us = 0;
    std::int64_t untold = 0;  // since then
  };
  Log& log_;
  Metrics& metrics_;
  std::function<std::int64_t()> now_us_;
  std::mutex mutex_;
  std::map<std::string_view, Told> told_;
};

// On standard error, for programs that have no log of their own: commands, tests.
FaultReport& standard_faults();

}  // namespace kaiku::telemetry
