#include "server/lanes/read_lanes.hpp"

#include <cassert>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <future>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "server/ledger/ledger.hpp"
#include "server/telemetry/threads.hpp"

namespace kaiku::lanes {
namespace {

constexpr std::chrono::seconds longest_wait{1};
constexpr std::chrono::milliseconds look_again_after{2};

struct Queued {
  ReadLanes::Job job;
  Position position;
  std::function<void()> unseen;
  std::chrono::steady_clock::time_point until;  // where it waits for a position
};

}  // namespace

struct ReadLanes::State {
  State(std::filesystem::path const& database, keys::KeyRing const& keys_in, int lanes,
        std::size_t queue_limit_in, std::string name_in, telemetry::FaultReport& faults_in);
  ~State() { stop(); }
  void work(sql::Connection& connection);
  bool run(sql::Connection& connection, Queued const& queued);
  void put_back(Queued queued);
  void stop();

  keys::KeyRing const& keys;
  std::size_t const queue_limit;
  std::string const name;
  telemetry::FaultReport& faults;
  std::vector<std::unique_ptr<sql::Connection>> connections;

  std::mutex mutex;  // guards the queue and the flag
  std::condition_variable wake;
  std::deque<Queued> queue;
  bool stopping = false;

  std::mutex stop_mutex;
  std::vector<std::thread> threads;
};

ReadLanes::State::State(std::filesystem::path const& database, keys::KeyRing const& keys_in,
                        int lanes, std::size_t queue_limit_in, std::string name_in,
                        telemetry::FaultReport& faults_in)
    : keys(keys_in), queue_limit(queue_limit_in), name(std::move(name_in)), faults(faults_in) {
  assert(lanes > 0);
  for (int i = 0; i < lanes; ++i) {
    connections.push_back(
        std::make_unique<sql::Connection>(database.string(), sql::OpenMode::read_only));
  }
  for (auto const& connection : connections) {
    threads.emplace_back([this, &connection = *connection] { work(connection); });
  }
}

void ReadLanes::State::work(sql::Connection& connection) {
  telemetry::name_thread(name);
  while (true) {
    Queued next;
    {
      std::unique_lock lock(mutex);
      wake.wait(lock, [this] { return stopping || !queue.empty(); });
      if (queue.empty()) return;
      next = std::move(queue.front());
      queue.pop_front();
    }
    if (!run(connection, next)) put_back(std::move(next));
  }
}

// A lane that waits for a position lets others go first, so that they wait for milliseconds only.
void ReadLanes::State::put_back(Queued queued) {
  {
    std::unique_lock lock(mutex);
    wake.wait_for(lock, look_again_after, [this] { return stopping; });
    if (!stopping && std::chrono::steady_clock::now() < queued.until) {
      queue.push_back(std::move(queued));
      return;
    }
  }
  faults.tell("read_behind", "a position did not come in time", queued.position.number);
  try {
    if (queued.unseen) queued.unseen();
  } catch (std::exception const& fault) {
    faults.tell("read_job_failed", fault.what());
  }
}

// A job that never began, or that threw, is dropped with all that it holds: who waits for it hears
// that nothing came. False: this snapshot is older than the job's position.
bool ReadLanes::State::run(sql::Connection& connection, Queued const& queued) {
  bool is_reached = true;
  try {
    connection.prepare("BEGIN").run();
    ledger::ReadTx tx(connection, keys);
    auto const wanted = queued.position.number;
    is_reached = wanted == 0 || ledger::last_sequence(tx) >= wanted;
    if (is_reached) queued.job(tx);
  } catch (sql::StorageError const& fault) {
    faults.tell("read_failed", fault.what(), fault.code());
  } catch (std::exception const& fault) {
    faults.tell("read_job_failed", fault.what());
  }
  try {
    if (!connection.autocommit()) connection.prepare("ROLLBACK").run();
  } catch (sql::StorageError const& fault) {
    faults.tell("read_failed", fault.what(), fault.code());
  }
  return is_reached;
}

void ReadLanes::State::stop() {
  std::lock_guard const one_at_a_time(stop_mutex);
  {
    std::lock_guard const lock(mutex);
    stopping = true;
  }
  wake.notify_all();
  for (std::thread& thread : threads) thread.join();
  threads.clear();
}

ReadLanes::ReadLanes(std::filesystem::path database, keys::KeyRing const& keys, int lanes,
                     std::size_t queue_limit, std::string name, telemetry::FaultReport& faults)
    : state_(std::make_unique<State>(database, keys, lanes, queue_limit, std::move(name), faults)) {
}

ReadLanes::~ReadLanes() = default;

bool ReadLanes::post(Job job, Position position, std::function<void()> unseen) {
  auto const until = std::chrono::steady_clock::now() + longest_wait;
  {
    std::lock_guard const lock(state_->mutex);
    if (state_->stopping || state_->queue.size() >= state_->queue_limit) return false;
    state_->queue.push_back({std::move(job), position, std::move(unseen), until});
  }
  state_->wake.notify_one();
  return true;
}

void ReadLanes::run(Job const& job) {
  // The job alone holds the promise: one that never runs breaks it, and nobody waits for ever.
  auto promise = std::make_shared<std::promise<void>>();
  auto done = promise->get_future();
  bool const posted = post([&job, promise = std::move(promise)](ledger::ReadTx& tx) {
    try {
      job(tx);
      promise->set_value();
    } catch (...) {
      promise->set_exception(std::current_exception());
    }
  });
  if (!posted) throw std::runtime_error("the read lanes are full or stopping");
  done.get();
}

void ReadLanes::stop() { state_->stop(); }

}  // namespace kaiku::lanes
