// Threads for slow work that needs no database.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace kaiku::lanes {

// Slow CPU work without a database: passwords (queue of 16), signing, documents.
class WorkLane {
 public:
  WorkLane(int threads, std::size_t queue_limit);
  ~WorkLane();
  bool post(std::function<void()> job);
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kaiku::lanes
