// Threads with bounded queues: one writer with group commit, N readers, and plain work lanes.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "server/ledger/transactions.hpp"

namespace kaiku::lanes {

enum class JobEnd {
  committed,    // what the job wrote is durable
  rolled_back,  // the job itself asked for it (a refusal): nothing of it was written
  failed,       // the machine failed (disk full, failed commit): nothing of it was written
};

struct WriterCounts {
  std::uint64_t commits = 0;
  std::uint64_t jobs = 0;
  std::uint64_t failed_jobs = 0;
  std::size_t queued = 0;
  std::uint64_t failed_checkpoints = 0;  // files that could not be written; tried again
};

// The only read-write connection. Takes up to 256 queued jobs into one BEGIN IMMEDIATE … COMMIT, a
// SAVEPOINT each; `done` is called after COMMIT, on the writer's thread, in order.
class WriterLane {
 public:
  // True: keep what was written. False: roll this job back. A throw rolls back and ends as failed.
  using Job = std::function<bool(ledger::WriteTx&)>;
  using Done = std::function<void(JobEnd)>;
  struct Settings {
    std::filesystem::path database;
    std::filesystem::path checkpoint_file;  // newest signed checkpoint, outside the database
    std::string origin;                     // of checkpoints
    std::size_t queue_limit = 4096;
    std::size_t batch_limit = 256;
    std::int64_t checkpoint_every_us = 60 * second_us;
    // Called when acknowledging must stop (failed fsync, I/O error); default: exit code 3.
    std::function<void(std::string const&)> on_fatal;
  };
  WriterLane(Settings settings, keys::KeyRing const& keys, Clock const& clock, Random& random);
  ~WriterLane();  // finishes what is queued, signs a last checkpoint, truncates the WAL
  // False when the queue is full or the lane is stopping: answer 503 with Retry-After.
  bool post(Job job, Done done);
  // Runs a job and waits (commands, demo, tests). Rethrows what the job threw.
  JobEnd run(Job const& job);
  WriterCounts counts() const;
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Read-only connections, a thread each; every job is one deferred transaction (one snapshot).
class ReadLanes {
 public:
  using Job = std::function<void(ledger::ReadTx&)>;
  ReadLanes(std::filesystem::path database, keys::KeyRing const& keys, int lanes,
            std::size_t queue_limit);
  ~ReadLanes();
  bool post(Job job);  // false: full or stopping. A job must not throw; storage errors are its own.
  void run(Job const& job);  // and waits; rethrows
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

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
