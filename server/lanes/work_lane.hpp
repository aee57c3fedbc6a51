// Threads for slow work that needs no database.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "server/telemetry/faults.hpp"

namespace kaiku::lanes {

// Slow CPU work without a database: passwords (queue of 16), signing, documents.
class WorkLane {
 public:
  // `name` is what an operator sees of its threads.
  WorkLane(int threads, std::size_t queue_limit, std::string name = "kaiku-work",
           telemetry::FaultReport& faults = telemetry::standard_faults());
  ~WorkLane();
  // False: full or stopping. What a job throws is told and ends that job alone.
  bool post(std::function<void()> job);
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kaiku::lanes
