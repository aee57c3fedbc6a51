#include "server/telemetry/faults.hpp"

#include <chrono>
#include <exception>

namespace kaiku::telemetry {
namespace {

constexpr std::int64_t spacing_us = 1'000'000;

std::int64_t steady_now_us() {
  auto const now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

}  // namespace

FaultReport::FaultReport(Log& log, Metrics& metrics, std::function<std::int64_t()> now_us)
    : log_(log), metrics_(metrics), now_us_(now_us ? std::move(now_us) : steady_now_us) {}

void FaultReport::tell(std::string_view event, std::string_view what, std::int64_t code) noexcept {
  try {
    metrics_.add("kaiku_" + std::string(event) + "_total", 1);
    std::int64_t untold = 0;
    {
      std::lock_guard const lock(mutex_);
      auto const now = now_us_();
      auto const [row, is_first] = told_.try_emplace(event, Told{now, 0});
      if (!is_first && now < row->second.at_us + spacing_us) {
        ++row->second.untold;
        return;
      }
      untold = row->second.untold;
      row->second = {now, 0};
    }
    log_.write(Level::error, event, {{"what", what}, {"code", code}, {"untold_before", untold}});
  } catch (std::exception const&) {
    // No memory for a line: whoever failed goes on as if it had been told.
  }
}

FaultReport& standard_faults() {
  static Log log(2, Level::info);
  static Metrics metrics;
  static FaultReport report(log, metrics);
  return report;
}

}  // namespace kaiku::telemetry
