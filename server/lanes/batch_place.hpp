// Where a batch of the writer is begun and made durable.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "server/ledger/ledger_end.hpp"
#include "server/sql/sqlite.hpp"

namespace kaiku::lanes {

enum class CommitEnd {
  committed,  // durable
  failed,     // nothing of the batch was written
  unknown,    // nobody can say yet: the place was lost while it answered
};

// How far a commit reached, and how far a reader has to see so that a client reads what it wrote.
// A place counts its commits: one file by the ledger's last sequence, several nodes by batches.
struct Position {
  std::int64_t number = 0;
};

struct Commit {
  CommitEnd end = CommitEnd::failed;
  Position position;  // of what is committed
};

// Stands for a machine: today one SQLite file on its own disk (LocalPlace), with several nodes a
// database that they share. The writer keeps queue, savepoints and answers; what it does for a job
// is the same wherever the batch ends up. Called by the writer's thread alone, but for `stop`.
class BatchPlace {
 public:
  virtual ~BatchPlace() = default;

  // The database that jobs work on.
  virtual sql::Connection& connection() = 0;
  // Opens a batch. True: others have written since the last one ended, so whatever is remembered of
  // the database (the ledger's end, kept rows) is void. Throws StorageError.
  virtual bool begin() = 0;
  // Ends it; `end` is folded, `appended`: entries are new in it. Throws StorageError with a fatal
  // fault when acknowledging has to stop.
  virtual Commit commit(ledger::LedgerEnd const& end, bool appended) = 0;
  // Takes back what `begin` opened, when anything is open.
  virtual void roll_back() = 0;
  // After the answers of a batch went out: what no answer should wait for.
  virtual void rest() = 0;
  // `wake` is called, from any thread, when others have written, so that the writer looks at it
  // although it has no job; never where nobody else writes between jobs.
  virtual void on_news(std::function<void()> wake) = 0;
  // Whether work that comes round by itself (clean-ups, stretching codes) is this process's to do.
  virtual bool may_run_chores() const = 0;
  // Checkpoints that could not be written; tried again.
  virtual std::uint64_t failed_checkpoints() const = 0;
  // The last call: nothing is open. `sound`: what was committed is known to be on the disk.
  virtual void stop(bool sound) = 0;
};

}  // namespace kaiku::lanes
