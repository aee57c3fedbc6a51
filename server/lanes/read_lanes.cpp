#include "server/lanes/read_lanes.hpp"

#include <cassert>
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

#include "server/telemetry/threads.hpp"

namespace kaiku::lanes {

struct ReadLanes::State {
  State(std::filesystem::path const& database, keys::KeyRing const& keys_in, int lanes,
        std::size_t queue_limit_in, std::string name_in, telemetry::FaultReport& faults_in);
  ~State() { stop(); }
  void work(sql::Connection& connection);
  void run_job(sql::Connection& connection, Job const& job);
  void stop();

  keys::KeyRing const& keys;
  std::size_t const queue_limit;
  std::string const name;
  telemetry::FaultReport& faults;
  std::vector<std::unique_ptr<sql::Connection>> connections;

  std::mutex mutex;  // guards the queue and the flag
  std::condition_variable wake;
  std::deque<Job> queue;
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
    Job job;
    {
      std::unique_lock lock(mutex);
      wake.wait(lock, [this] { return stopping || !queue.empty(); });
      if (queue.empty()) return;
      job = std::move(queue.front());
      queue.pop_front();
    }
    run_job(connection, job);
  }
}

// A job that never began, or that threw, is dropped with all that it holds: who waits for it hears
// that nothing came.
void ReadLanes::State::run_job(sql::Connection& connection, Job const& job) {
  try {
    connection.prepare("BEGIN").run();
    ledger::ReadTx tx(connection, keys);
    job(tx);
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

bool ReadLanes::post(Job job, Position) {
  {
    std::lock_guard const lock(state_->mutex);
    if (state_->stopping || state_->queue.size() >= state_->queue_limit) return false;
    state_->queue.push_back(std::move(job));
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
