// Threads that read, each on a connection of its own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "server/ledger/transactions.hpp"
#include "server/telemetry/faults.hpp"

namespace kaiku::lanes {

// How far a reader has to see, so that a client reads what it wrote: a batch's number. On one node
// whatever was acknowledged can be read, so every position is reached.
struct Position {
  std::int64_t batch = 0;
};

// Read-only connections, a thread each; every job is one deferred transaction (one snapshot).
class ReadLanes {
 public:
  using Job = std::function<void(ledger::ReadTx&)>;
  // `name` is what an operator sees of its threads.
  ReadLanes(std::filesystem::path database, keys::KeyRing const& keys, int lanes,
            std::size_t queue_limit, std::string name = "kaiku-read",
            telemetry::FaultReport& faults = telemetry::standard_faults());
  ~ReadLanes();
  // False: full or stopping. What a job throws is told and ends that job alone. It sees
  // at least what was committed up to `position`.
  bool post(Job job, Position position = {});
  void run(Job const& job);  // and waits; rethrows; throws where no transaction can be begun
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kaiku::lanes
