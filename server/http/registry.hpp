// The open connections, for the sweep, the cap and the stop.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_set>
#include <vector>

namespace kaiku::http {

class Connection;

// Thread-safe. A connection adds itself when made and takes itself out when destroyed.
class Registry {
 public:
  void add(Connection* connection);
  void remove(Connection* connection);
  std::size_t size() const;
  // Those whose deadline lies before `now_us` (monotonic microseconds).
  std::vector<std::shared_ptr<Connection>> overdue(std::int64_t now_us) const;
  std::vector<std::shared_ptr<Connection>> all() const;
  // False when some are left after `patience`.
  bool wait_until_empty(std::chrono::milliseconds patience);

 private:
  mutable std::mutex mutex_;
  std::condition_variable emptied_;
  std::unordered_set<Connection*> connections_;
};

}  // namespace kaiku::http
