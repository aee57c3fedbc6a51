// The one thread that writes: a bounded queue, committed in groups.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "server/lanes/batch_place.hpp"
#include "server/ledger/transactions.hpp"
#include "server/telemetry/faults.hpp"

namespace kaiku::lanes {

enum class JobEnd {
  committed,    // what the job wrote is durable
  rolled_back,  // the job itself asked for it (a refusal): nothing of it was written
  failed,       // the machine failed (disk full, failed commit): nothing of it was written
  unknown,      // the place was lost while it committed: a retry with the same key finds out
};

// What a job promises of itself.
enum class JobShape {
  any,            // gets a savepoint, so that what it wrote before it failed is taken back
  decides_first,  // writes last and by statements that each succeed whole or not at all: when it is
                  // refused or fails, it has changed nothing; else its batch fails with it
};

// Nobody may be told that it was done.
constexpr bool went_wrong(JobEnd end) { return end == JobEnd::failed || end == JobEnd::unknown; }

struct WriterCounts {
  std::uint64_t commits = 0;
  std::uint64_t jobs = 0;
  std::uint64_t failed_jobs = 0;
  std::size_t queued = 0;
  std::uint64_t failed_checkpoints = 0;  // files that could not be written; tried again
};

// The only way to write. Takes up to 256 queued jobs into one BEGIN IMMEDIATE … COMMIT, a
// SAVEPOINT each but for those that decide first; `done` is called after COMMIT, on the writer's
// thread, in order. A read at the position that it is given sees the batch.
class WriterLane {
 public:
  // True: keep what was written. False: roll this job back. A throw rolls back and ends as failed.
  using Job = std::function<bool(ledger::WriteTx&)>;
  using Done = std::function<void(JobEnd, Position)>;
  struct Settings {
    std::filesystem::path database;
    std::filesystem::path checkpoint_file;  // newest signed checkpoint, outside the database
    std::string origin;                     // of checkpoints
    std::size_t queue_limit = 4096;
    std::size_t batch_limit = 256;
    std::int64_t checkpoint_every_us = 60 * second_us;
    // Called when acknowledging must stop (failed fsync, I/O error); default: exit code 3.
    std::function<void(std::string const&)> on_fatal;
    // Who hears of failed commits, of jobs that threw and of answers that could not be given.
    telemetry::FaultReport* faults = &telemetry::standard_faults();
  };
  // On the file of `settings`.
  WriterLane(Settings settings, keys::KeyRing const& keys, Clock const& clock, Random& random);
  // On another place; of `settings`, the limits and `on_fatal` count.
  WriterLane(Settings settings, std::unique_ptr<BatchPlace> place, keys::KeyRing const& keys,
             Clock const& clock, Random& random);
  ~WriterLane();  // finishes what is queued, signs a last checkpoint, truncates the WAL
  // False when the queue is full or the lane is stopping: answer 503 with Retry-After.
  bool post(Job job, Done done, JobShape shape = JobShape::any);
  // Runs a job and waits (commands, demo, tests). Rethrows what the job threw.
  [[nodiscard]] JobEnd run(Job const& job);
  WriterCounts counts() const;
  // Whether work that comes round by itself is this process's to do.
  bool may_run_chores() const;
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kaiku::lanes
