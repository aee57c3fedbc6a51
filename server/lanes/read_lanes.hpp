// Threads that read, each on a connection of its own.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "server/lanes/batch_place.hpp"
#include "server/ledger/transactions.hpp"
#include "server/telemetry/faults.hpp"

namespace kaiku::lanes {

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
  // at least what was committed up to `position`; where that has not come within a second, or
  // before the lane stops, `unseen` is called on the lane instead, and it is told.
  bool post(Job job, Position position = {}, std::function<void()> unseen = {});
  void run(Job const& job);  // and waits; rethrows; throws where no transaction can be begun
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kaiku::lanes
