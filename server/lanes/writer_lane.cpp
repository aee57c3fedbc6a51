#include "server/lanes/writer_lane.hpp"

#include <atomic>
#include <cassert>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <exception>
#include <future>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "server/lanes/local_place.hpp"
#include "server/ledger/ledger.hpp"
#include "server/telemetry/threads.hpp"

namespace kaiku::lanes {
namespace {

constexpr std::int64_t clock_step_us = 5 * second_us;
constexpr int fatal_exit_code = 3;

[[noreturn]] void exit_without_a_word_more(std::string const&) { std::_Exit(fatal_exit_code); }

struct Queued {
  WriterLane::Job job;
  WriterLane::Done done;
  JobShape shape = JobShape::any;
};

// How a batch ended, for each of its jobs.
struct Ends {
  std::vector<JobEnd> jobs;
  Position position;
};

// The whole transaction is lost: each of its jobs fails.
class BatchLost : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace

struct WriterLane::State {
  State(Settings settings_in, keys::KeyRing const& keys_in, Clock const& clock_in,
        Random& random_in);
  void start(std::unique_ptr<BatchPlace> place_in);

  void work();
  bool take(std::vector<Queued>& batch);
  void tell_ends(std::vector<Queued> const& batch, Ends const& ends);
  void run_batch(std::vector<Queued>& batch);
  Ends commit_batch(std::vector<Queued>& batch);
  JobEnd run_job(Job const& job);
  JobEnd run_in_savepoint(Job const& job);
  JobEnd run_without_savepoint(Job const& job);
  void begin();
  bool clock_has_stepped(Instant wall, std::int64_t monotonic) const;
  void note_clock_step(Instant wall, std::int64_t monotonic);
  void roll_back();
  void die(std::string const& what);
  telemetry::FaultReport& faults() { return *settings.faults; }
  void stop();

  Settings settings;
  keys::KeyRing const& keys;
  Clock const& clock;
  Random& random;
  std::unique_ptr<BatchPlace> place;

  // The lane's thread alone.
  ledger::LedgerEnd end;
  bool end_is_known = false;
  ledger::Kept kept;
  Instant wall_then;  // when the two clocks were last known to agree, or the step was recorded
  std::int64_t monotonic_then;

  mutable std::mutex mutex;  // guards the queue, the flags and the counts
  std::condition_variable wake;
  std::deque<Queued> queue;
  bool news = false;
  bool stopping = false;
  std::atomic<bool> dead = false;
  WriterCounts counts;

  std::mutex stop_mutex;
  std::thread thread;
};

WriterLane::State::State(Settings settings_in, keys::KeyRing const& keys_in, Clock const& clock_in,
                         Random& random_in)
    : settings(std::move(settings_in)),
      keys(keys_in),
      clock(clock_in),
      random(random_in),
      wall_then(clock.now()),
      monotonic_then(clock.monotonic_us()) {
  if (!settings.on_fatal) settings.on_fatal = exit_without_a_word_more;
}

void WriterLane::State::start(std::unique_ptr<BatchPlace> place_in) {
  place = std::move(place_in);
  end = ledger::load_ledger_end(place->connection());
  end_is_known = true;
  place->on_news([this] {
    {
      std::lock_guard const lock(mutex);
      news = true;
    }
    wake.notify_one();
  });
  thread = std::thread([this] { work(); });
}

void WriterLane::State::work() {
  telemetry::name_thread("kaiku-writer");
  std::vector<Queued> batch;
  while (take(batch)) {
    run_batch(batch);
    batch.clear();
  }
}

// What is there is taken at once: a batch fills by itself while the last one commits. A batch
// without jobs takes in what others wrote. False: stopping, and nothing is left.
bool WriterLane::State::take(std::vector<Queued>& batch) {
  std::unique_lock lock(mutex);
  wake.wait(lock, [this] { return stopping || news || !queue.empty(); });
  while (!queue.empty() && batch.size() < settings.batch_limit) {
    batch.push_back(std::move(queue.front()));
    queue.pop_front();
  }
  bool const had_news = std::exchange(news, false);
  return !batch.empty() || (had_news && !stopping);
}

void WriterLane::State::run_batch(std::vector<Queued>& batch) {
  Ends ends{std::vector<JobEnd>(batch.size(), JobEnd::failed), {}};
  bool committed = false;
  try {
    if (!dead) {
      ends = commit_batch(batch);
      committed = true;
    }
  } catch (sql::StorageError const& fault) {
    if (fault.is_fatal()) die(fault.what());
    faults().tell("batch_failed", fault.what(), fault.code());
  } catch (std::exception const& fault) {
    faults().tell("batch_failed", fault.what());
  }
  if (!committed) roll_back();
  {
    std::lock_guard const lock(mutex);
    counts.jobs += batch.size();
    counts.commits += committed ? 1 : 0;
    for (JobEnd const job_end : ends.jobs) counts.failed_jobs += job_end == JobEnd::failed ? 1 : 0;
  }
  tell_ends(batch, ends);
  if (!committed) return;
  try {
    place->rest();
  } catch (sql::StorageError const& fault) {
    die(fault.what());
  }
}

// What an answer throws is its own: the others of the batch hear of theirs.
void WriterLane::State::tell_ends(std::vector<Queued> const& batch, Ends const& ends) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (!batch[i].done) continue;
    try {
      batch[i].done(ends.jobs[i], ends.position);
    } catch (std::exception const& fault) {
      faults().tell("answer_failed", fault.what());
    }
  }
}

Ends WriterLane::State::commit_batch(std::vector<Queued>& batch) {
  begin();
  Instant const wall = clock.now();
  std::int64_t const monotonic = clock.monotonic_us();
  bool const stepped = clock_has_stepped(wall, monotonic);
  if (stepped) note_clock_step(wall, monotonic);
  Ends ends;
  ends.jobs.reserve(batch.size());
  for (Queued const& queued : batch) {
    ends.jobs.push_back(queued.shape == JobShape::any ? run_in_savepoint(queued.job)
                                                      : run_without_savepoint(queued.job));
  }
  bool const appended = end.has_leaves();
  end.fold();
  auto const commit = place->commit(end, appended);
  switch (commit.end) {
    case CommitEnd::committed: break;
    case CommitEnd::failed: throw BatchLost("the place could not commit");
    case CommitEnd::unknown:
      end_is_known = false;
      ends.jobs.assign(batch.size(), JobEnd::unknown);
      return ends;
  }
  if (stepped) {
    wall_then = wall;
    monotonic_then = monotonic;
  }
  ends.position = commit.position;
  return ends;
}

// Others (a command, another node) may have appended meanwhile.
void WriterLane::State::begin() {
  bool const others_wrote = place->begin();
  if (end_is_known && !others_wrote) return;
  kept.forget();
  end = ledger::load_ledger_end(place->connection());
  end_is_known = true;
}

bool WriterLane::State::clock_has_stepped(Instant wall, std::int64_t monotonic) const {
  std::int64_t const difference = (wall - wall_then) - (monotonic - monotonic_then);
  return difference < -clock_step_us || difference > clock_step_us;
}

void WriterLane::State::note_clock_step(Instant wall, std::int64_t monotonic) {
  std::int64_t const difference = (wall - wall_then) - (monotonic - monotonic_then);
  run_in_savepoint([difference](ledger::WriteTx& tx) {
    ledger::append(tx, domain::Actor{}, ledger::ClockStep{difference});
    return true;
  });
}

JobEnd WriterLane::State::run_job(Job const& job) {
  auto& connection = place->connection();
  JobEnd job_end = JobEnd::failed;
  try {
    ledger::WriteTx tx(connection, keys, end, clock.now(), random, &kept);
    job_end = job(tx) ? JobEnd::committed : JobEnd::rolled_back;
  } catch (sql::StorageError const& fault) {
    // Of this job alone; the others of the batch go on.
    if (fault.is_fatal()) throw;
    faults().tell("job_failed", fault.what(), fault.code());
  } catch (std::exception const& fault) {
    faults().tell("job_failed", fault.what());
  }
  if (connection.autocommit()) throw BatchLost("the transaction was rolled back under a job");
  return job_end;
}

JobEnd WriterLane::State::run_in_savepoint(Job const& job) {
  auto& connection = place->connection();
  connection.prepare("SAVEPOINT job").run();
  auto const before = end.last_sequence();
  auto const job_end = run_job(job);
  if (job_end != JobEnd::committed) {
    end.cut_to(before);
    kept.forget();
    connection.prepare("ROLLBACK TO job").run();
  }
  connection.prepare("RELEASE job").run();
  return job_end;
}

// There is nothing to go back to: had the job written before it was refused, it would be committed
// with the others, so the whole batch is given up.
JobEnd WriterLane::State::run_without_savepoint(Job const& job) {
  auto& connection = place->connection();
  auto const before = end.last_sequence();
  auto const changes = connection.total_changes();
  auto const job_end = run_job(job);
  if (job_end == JobEnd::committed) return job_end;
  if (connection.total_changes() != changes || end.last_sequence() != before) {
    throw BatchLost("a job that decides first had written before it was refused");
  }
  return job_end;
}

void WriterLane::State::roll_back() {
  end_is_known = false;
  kept.forget();
  try {
    place->roll_back();
  } catch (sql::StorageError const& fault) {
    die(fault.what());
  }
}

// After a failed fsync nobody knows what is on the disk: nothing more until a restart has looked.
void WriterLane::State::die(std::string const& what) {
  {
    std::lock_guard const lock(mutex);
    if (dead.exchange(true)) return;
  }
  faults().tell("storage_failed", what);
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
  place->stop(!dead);
}

WriterLane::WriterLane(Settings settings, keys::KeyRing const& keys, Clock const& clock,
                       Random& random)
    : state_(std::make_unique<State>(std::move(settings), keys, clock, random)) {
  auto const& wanted = state_->settings;
  Upkeep::Settings upkeep{wanted.database,
                          wanted.checkpoint_file,
                          wanted.origin,
                          wanted.checkpoint_every_us,
                          [state = state_.get()](std::string const& what) { state->die(what); },
                          wanted.faults};
  state_->start(std::make_unique<LocalPlace>(std::move(upkeep), keys.checkpoint, clock));
}

WriterLane::WriterLane(Settings settings, std::unique_ptr<BatchPlace> place,
                       keys::KeyRing const& keys, Clock const& clock, Random& random)
    : state_(std::make_unique<State>(std::move(settings), keys, clock, random)) {
  state_->start(std::move(place));
}

WriterLane::~WriterLane() { stop(); }

bool WriterLane::post(Job job, Done done, JobShape shape) {
  {
    std::lock_guard const lock(state_->mutex);
    if (state_->stopping || state_->dead) return false;
    if (state_->queue.size() >= state_->settings.queue_limit) return false;
    state_->queue.push_back({std::move(job), std::move(done), shape});
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
      [&promise](JobEnd job_end, Position) { promise.set_value(job_end); });
  if (!posted) return JobEnd::failed;
  JobEnd const job_end = promise.get_future().get();
  if (thrown) std::rethrow_exception(thrown);
  return job_end;
}

WriterCounts WriterLane::counts() const {
  std::lock_guard const lock(state_->mutex);
  WriterCounts counts = state_->counts;
  counts.queued = state_->queue.size();
  counts.failed_checkpoints = state_->place->failed_checkpoints();
  return counts;
}

bool WriterLane::may_run_chores() const { return state_->place->may_run_chores(); }

void WriterLane::stop() { state_->stop(); }

}  // namespace kaiku::lanes
