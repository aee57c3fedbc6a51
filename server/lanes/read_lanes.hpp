// Threads that read, each on a connection of its own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

#include "server/ledger/transactions.hpp"

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
  ReadLanes(std::filesystem::path database, keys::KeyRing const& keys, int lanes,
            std::size_t queue_limit);
  ~ReadLanes();
  // False: full or stopping. A job must not throw; storage errors are its own. It sees at least
  // what was committed up to `position`.
  bool post(Job job, Position position = {});
  void run(Job const& job);  // and waits; rethrows
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kaiku::lanes
