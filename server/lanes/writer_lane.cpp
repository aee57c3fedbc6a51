#include <sqlite3.h>

#include <cassert>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <future>
#include <utility>

#include "server/lanes/lanes.hpp"
#include "server/lanes/upkeep.hpp"
#include "server/ledger/ledger.hpp"

namespace kaiku::lanes {
namespace {

constexpr std::int64_t clock_step_us = 5 * second_us;
constexpr int fatal_exit_code = 3;
// Beyond this the writer copies pages itself between two batches: under a load without a pause the
// upkeep thread never catches the end, and only a WAL copied to its end begins anew.
constexpr int long_wal_pages = 40'000;

[[noreturn]] void exit_without_a_word_more(std::string const& what) {
  std::fprintf(stderr, "{\"level\":\"fatal\",\"event\":\"storage_failed\",\"what\":\"%s\"}\n",
               what.c_str());
  std::_Exit(fatal_exit_code);
}

WriterLane::Settings with_default_end(WriterLane::Settings settings) {
  if (!settings.on_fatal) settings.on_fatal = exit_without_a_word_more;
  return settings;
}

// Changes when another connection has written, and only then.
std::int64_t version_seen_by(sql::Connection& connection) {
  sql::Statement row = connection.prepare("PRAGMA data_version");
  row.step();
  return row.integer(0);
}

struct Queued {
  WriterLane::Job job;
  WriterLane::Done done;
};

// Some error rolled back the whole transaction behind a job's back.
class BatchLost : public std::exception {};

}  // namespace

struct WriterLane::State {
  State(Settings settings_in, keys::KeyRing const& keys_in, Clock const& clock_in,
        Random& random_in);

  void work();
  bool take(std::vector<Queued>& batch);
  void run_batch(std::vector<Queued>& batch);
  std::vector<JobEnd> commit_batch(std::vector<Queued>& batch);
  JobEnd run_job(Job const& job, ledger::LedgerEnd& end);
  void begin();
  bool clock_has_stepped(Instant wall, std::int64_t monotonic) const;
  void note_clock_step(ledger::LedgerEnd& end, Instant wall, std::int64_t monotonic);
  void roll_back();
  void shorten_wal();
  void die(std::string const& what);
  void stop();
  void finish();

  Settings settings;
  keys::KeyRing const& keys;
  Clock const& clock;
  Random& random;

  // The lane's thread alone.
  sql::Connection connection;
  std::int64_t seen_version;
  ledger::LedgerEnd end;
  bool end_is_known = true;
  Instant wall_then;  // when the two clocks were last known to agree, or the step was recorded
  std::int64_t monotonic_then;
  int wal_pages = 0;
  int shorten_at = long_wal_pages;

  mutable std::mutex mutex;  // guards the queue, the flags and the counts
  std::condition_variable wake;
  std::deque<Queued> queue;
  bool stopping = false;
  std::atomic<bool> dead = false;
  WriterCounts counts;

  Upkeep upkeep;
  std::mutex stop_mutex;
  std::thread thread;
};

WriterLane::State::State(Settings settings_in, keys::KeyRing const& keys_in, Clock const& clock_in,
                         Random& random_in)
    : settings(with_default_end(std::move(settings_in))),
      keys(keys_in),
      clock(clock_in),
      random(random_in),
      connection(settings.database.string(), sql::OpenMode::read_write),
      seen_version(version_seen_by(connection)),
      end(ledger::load_ledger_end(connection)),
      wall_then(clock.now()),
      monotonic_then(clock.monotonic_us()),
      upkeep({settings.database, settings.checkpoint_file, settings.origin,
              settings.checkpoint_every_us, [this](std::string const& what) { die(what); }},
             keys.checkpoint, clock, end) {
  connection.execute("PRAGMA wal_autocheckpoint = 0");
  sqlite3_wal_hook(
      connection.native(),
      [](void* self, sqlite3*, char const*, int pages) {
        static_cast<State*>(self)->wal_pages = pages;
        return SQLITE_OK;
      },
      this);
  upkeep.committed(end, 0);
  thread = std::thread([this] { work(); });
}

void WriterLane::State::work() {
  std::vector<Queued> batch;
  while (take(batch)) {
    run_batch(batch);
    batch.clear();
  }
}

// What is there is taken at once: a batch fills by itself while the last one commits.
bool WriterLane::State::take(std::vector<Queued>& batch) {
  std::unique_lock lock(mutex);
  wake.wait(lock, [this] { return stopping || !queue.empty(); });
  while (!queue.empty() && batch.size() < settings.batch_limit) {
    batch.push_back(std::move(queue.front()));
    queue.pop_front();
  }
  return !batch.empty();
}

void WriterLane::State::run_batch(std::vector<Queued>& batch) {
  std::vector<JobEnd> ends(batch.size(), JobEnd::failed);
  bool committed = false;
  try {
    if (!dead) {
      ends = commit_batch(batch);
      committed = true;
    }
  } catch (sql::StorageError const& fault) {
    if (fault.is_fatal()) die(fault.what());
  } catch (std::exception const&) {
    // The whole batch failed; each of its jobs hears so.
  }
  if (committed) {
    upkeep.committed(end, wal_pages);
  } else {
    roll_back();
  }
  {
    std::lock_guard const lock(mutex);
    counts.jobs += batch.size();
    counts.commits += committed ? 1 : 0;
    for (JobEnd const job_end : ends) counts.failed_jobs += job_end == JobEnd::failed ? 1 : 0;
  }
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (batch[i].done) batch[i].done(ends[i]);
  }
  if (committed) shorten_wal();
}

std::vector<JobEnd> WriterLane::State::commit_batch(std::vector<Queued>& batch) {
  begin();
  ledger::LedgerEnd next = end;
  Instant const wall = clock.now();
  std::int64_t const monotonic = clock.monotonic_us();
  bool const stepped = clock_has_stepped(wall, monotonic);
  if (stepped) note_clock_step(next, wall, monotonic);
  std::vector<JobEnd> ends;
  ends.reserve(batch.size());
  for (Queued const& queued : batch) ends.push_back(run_job(queued.job, next));
  if (next.last_sequence != end.last_sequence) ledger::store_frontier(connection, next);
  connection.prepare("COMMIT").run();
  end = std::move(next);
  if (stepped) {
    wall_then = wall;
    monotonic_then = monotonic;
  }
  return ends;
}

// Another process (a command) may have appended meanwhile.
void WriterLane::State::begin() {
  connection.prepare("BEGIN IMMEDIATE").run();
  std::int64_t const version = version_seen_by(connection);
  if (end_is_known && version == seen_version) return;
  end = ledger::load_ledger_end(connection);
  end_is_known = true;
  seen_version = version;
}

bool WriterLane::State::clock_has_stepped(Instant wall, std::int64_t monotonic) const {
  std::int64_t const difference = (wall - wall_then) - (monotonic - monotonic_then);
  return difference < -clock_step_us || difference > clock_step_us;
}

void WriterLane::State::note_clock_step(ledger::LedgerEnd& next, Instant wall,
                                        std::int64_t monotonic) {
  std::int64_t const difference = (wall - wall_then) - (monotonic - monotonic_then);
  run_job(
      [difference](ledger::WriteTx& tx) {
        ledger::append(tx, domain::Actor{}, ledger::ClockStep{difference});
        return true;
      },
      next);
}

JobEnd WriterLane::State::run_job(Job const& job, ledger::LedgerEnd& next) {
  connection.prepare("SAVEPOINT job").run();
  ledger::LedgerEnd after = next;
  JobEnd job_end = JobEnd::failed;
  try {
    ledger::WriteTx tx(connection, keys, after, clock.now(), random);
    job_end = job(tx) ? JobEnd::committed : JobEnd::rolled_back;
  } catch (sql::StorageError const& fault) {
    if (fault.is_fatal()) throw;
  } catch (...) {
    // A bug or a machine's fault of this job alone; the others of the batch go on.
  }
  if (connection.autocommit()) throw BatchLost();
  if (job_end == JobEnd::committed) {
    next = std::move(after);
  } else {
    connection.prepare("ROLLBACK TO job").run();
  }
  connection.prepare("RELEASE job").run();
  return job_end;
}

void WriterLane::State::roll_back() {
  end_is_known = false;
  if (connection.autocommit()) return;
  try {
    connection.prepare("ROLLBACK").run();
  } catch (sql::StorageError const& fault) {
    die(fault.what());
  }
}

void WriterLane::State::shorten_wal() {
  if (wal_pages < shorten_at) {
    if (wal_pages < long_wal_pages) shorten_at = long_wal_pages;
    return;
  }
  shorten_at = wal_pages + long_wal_pages;  // a long reader may keep it: do not insist
  int const result = sqlite3_wal_checkpoint_v2(connection.native(), nullptr,
                                               SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  sql::StorageError const fault(result, "copying the WAL: " + std::string(sqlite3_errstr(result)));
  if (result != SQLITE_OK && fault.is_fatal()) die(fault.what());
}

// After a failed fsync nobody knows what is on the disk: nothing more until a restart has looked.
void WriterLane::State::die(std::string const& what) {
  {
    std::lock_guard const lock(mutex);
    if (dead.exchange(true)) return;
  }
  settings.on_fatal(what);
}

void WriterLane::State::stop() {
  std::lock_guard const one_at_a_time(stop_mutex);
  {
    std::lock_guard const lock(mutex);
    stopping = true;
  }
  wake.notify_all();
  if (!thread.joinable()) return;
  thread.join();
  finish();
}

void WriterLane::State::finish() {
  bool const sound = !dead;
  upkeep.stop(sound);
  if (!sound) return;
  // Best effort: a reader that is still there keeps the WAL, and the next start reads it.
  sqlite3_wal_checkpoint_v2(connection.native(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr,
                            nullptr);
}

WriterLane::WriterLane(Settings settings, keys::KeyRing const& keys, Clock const& clock,
                       Random& random)
    : state_(std::make_unique<State>(std::move(settings), keys, clock, random)) {}

WriterLane::~WriterLane() { stop(); }

bool WriterLane::post(Job job, Done done) {
  {
    std::lock_guard const lock(state_->mutex);
    if (state_->stopping || state_->dead) return false;
    if (state_->queue.size() >= state_->settings.queue_limit) return false;
    state_->queue.push_back({std::move(job), std::move(done)});
  }
  state_->wake.notify_one();
  return true;
}

JobEnd WriterLane::run(Job const& job) {
  assert(std::this_thread::get_id() != state_->thread.get_id() && "a lane cannot wait for itself");
  std::promise<JobEnd> promise;
  std::exception_ptr thrown;
  bool const posted = post(
      [&](ledger::WriteTx& tx) {
        try {
          return job(tx);
        } catch (...) {
          thrown = std::current_exception();
          throw;
        }
      },
      [&promise](JobEnd job_end) { promise.set_value(job_end); });
  if (!posted) return JobEnd::failed;
  JobEnd const job_end = promise.get_future().get();
  if (thrown) std::rethrow_exception(thrown);
  return job_end;
}

WriterCounts WriterLane::counts() const {
  std::lock_guard const lock(state_->mutex);
  WriterCounts counts = state_->counts;
  counts.queued = state_->queue.size();
  counts.failed_checkpoints = state_->upkeep.failed_checkpoints();
  return counts;
}

void WriterLane::stop() { state_->stop(); }

}  // namespace kaiku::lanes
