// Counters for /metrics in the Prometheus text format (0.0.4). Labels are route patterns and status
// classes only: nothing of a person, a card or a place.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace kaiku::telemetry {

class Metrics {
 public:
  void request_done(std::string_view pattern, int status, std::int64_t duration_us);
  void connection_opened() {
    ++connections_;
    ++connections_total_;
  }
  void connection_closed() { --connections_; }
  // A named counter or gauge of another room (kaiku_writer_queue, kaiku_commits_total …).
  void set(std::string_view name, std::int64_t value);
  void add(std::string_view name, std::int64_t delta);
  std::string text() const;

 private:
  struct RouteCount {
    std::array<std::uint64_t, 6> by_class{};
    std::array<std::uint64_t, 12> duration_buckets{};
    std::uint64_t duration_sum_us = 0;
  };
  mutable std::mutex mutex_;
  std::map<std::string, RouteCount, std::less<>> routes_;
  std::map<std::string, std::int64_t, std::less<>> values_;
  std::atomic<std::int64_t> connections_{0};
  std::atomic<std::int64_t> connections_total_{0};
};

}  // namespace kaiku::telemetry
