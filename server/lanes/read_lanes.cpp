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

namespace kaiku::lanes {

struct ReadLanes::State {
  State(std::filesystem::path const& database, keys::KeyRing const& keys_in, int lanes,
        std::size_t queue_limit_in);
  ~State() { stop(); }
  void work(sql::Connection& connection);
  void stop();

  keys::KeyRing const& keys;
  std::size_t const queue_limit;
  std::vector<std::unique_ptr<sql::Connection>> connections;

  std::mutex mutex;  // guards the queue and the flag
  std::condition_variable wake;
  std::deque<Job> queue;
  bool stopping = false;

  std::mutex stop_mutex;
  std::vector<std::thread> threads;
};

ReadLanes::State::State(std::filesystem::path const& database, keys::KeyRing const& keys_in,
                        int lanes, std::size_t queue_limit_in)
    : keys(keys_in), queue_limit(queue_limit_in) {
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
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex);
      wake.wait(lock, [this] { return stopping || !queue.empty(); });
      if (queue.empty()) return;
      job = std::move(queue.front());
      queue.pop_front();
    }
    connection.prepare("BEGIN").run();
    {
      ledger::ReadTx tx(connection, keys);
      job(tx);
    }
    connection.prepare("COMMIT").run();
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
                     std::size_t queue_limit)
    : state_(std::make_unique<State>(database, keys, lanes, queue_limit)) {}

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
  std::promise<void> promise;
  bool const posted = post([&](ledger::ReadTx& tx) {
    try {
      job(tx);
      promise.set_value();
    } catch (...) {
      promise.set_exception(std::current_exception());
    }
  });
  if (!posted) throw std::runtime_error("the read lanes are full or stopping");
  promise.get_future().get();
}

void ReadLanes::stop() { state_->stop(); }

}  // namespace kaiku::lanes
