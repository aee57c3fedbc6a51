// Stretches the codes of cards that came into use, in the background: some 20 ms of computing each,
// never on the writer and never in a transaction.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "server/lanes/read_lanes.hpp"
#include "server/lanes/writer_lane.hpp"
#include "server/tables/stretched_codes.hpp"
#include "server/telemetry/faults.hpp"

namespace kaiku::use_cases {

// One pass without a thread: finds, computes, writes; for commands, simulations and the thread
// below. New cards come first, then those of earlier days, the newest first.
class StretchPass {
 public:
  StretchPass(lanes::WriterLane& writer, lanes::ReadLanes& readers, keys::KeyRing const& keys)
      : writer_(writer), readers_(readers), keys_(keys) {}

  // True when something may be left to do. Gives up between two codes when `stopping` says so.
  // Throws when a lane is full or stopping: try again later.
  bool run(std::function<bool()> const& stopping);

 private:
  struct Position {
    bool known = false;
    tables::CardChange newer_from;
    std::optional<tables::CardChange> older_from;  // nullopt: all are looked through
    std::int64_t started_at = 0;                   // the ledger's end when this process began
    std::int64_t done_to = 0;                      // an earlier process looked through up to here
  };
  tables::CodesToStretch find(Position& position);

  lanes::WriterLane& writer_;
  lanes::ReadLanes& readers_;
  keys::KeyRing const& keys_;
  Position position_;
};

// The thread: looks each second and when asked to. Its priority is low: doors come first.
class CodeStretcher {
 public:
  CodeStretcher(lanes::WriterLane& writer, lanes::ReadLanes& readers, keys::KeyRing const& keys,
                telemetry::FaultReport& faults);
  ~CodeStretcher();  // within one code, some 20 ms

  // Waits until no card that is committed now is without its stretched code.
  void wait_until_done();

 private:
  void work();
  bool is_stopping() const;

  StretchPass pass_;
  telemetry::FaultReport& faults_;
  mutable std::mutex mutex_;  // guards all below
  std::condition_variable wake_;
  std::condition_variable idle_;
  std::uint64_t asked_ = 0;
  std::uint64_t answered_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace kaiku::use_cases
