// Threads for slow work that needs no database.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "server/telemetry/faults.hpp"

namespace kaiku::lanes {

// Slow CPU work without a database: passwords, signing, documents.
class WorkLane {
 public:
  enum class Turn { in_order, ahead };

  // `name` is what an operator sees of its threads. `kept` further places are for jobs that go
  // ahead of all others.
  WorkLane(int threads, std::size_t queue_limit, std::string name = "kaiku-work",
           telemetry::FaultReport& faults = telemetry::standard_faults(), std::size_t kept = 0);
  ~WorkLane();
  // False: no place of its kind is left, or stopping. What a job throws is told and ends that job
  // alone. `of`: whose job it is; nobody has more than five places of eight, so that one who floods
  // leaves some to the others. Empty: nobody's.
  bool post(std::function<void()> job, Turn turn = Turn::in_order, std::string const& of = {});
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kaiku::lanes
