#include "server/lanes/work_lane.hpp"

#include <cassert>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "server/telemetry/threads.hpp"

namespace kaiku::lanes {

struct WorkLane::State {
  State(int thread_count, std::size_t queue_limit_in, std::string name_in,
        telemetry::FaultReport& faults_in)
      : queue_limit(queue_limit_in), name(std::move(name_in)), faults(faults_in) {
    assert(thread_count > 0);
    for (int i = 0; i < thread_count; ++i) threads.emplace_back([this] { work(); });
  }
  ~State() { stop(); }
  void work();
  void stop();

  std::size_t const queue_limit;
  std::string const name;
  telemetry::FaultReport& faults;
  std::mutex mutex;  // guards the queue and the flag
  std::condition_variable wake;
  std::deque<std::function<void()>> queue;
  bool stopping = false;

  std::mutex stop_mutex;
  std::vector<std::thread> threads;
};

void WorkLane::State::work() {
  telemetry::name_thread(name);
  while (true) {
    std::function<void()> job;
    {
      std::unique_lock lock(mutex);
      wake.wait(lock, [this] { return stopping || !queue.empty(); });
      if (queue.empty()) return;
      job = std::move(queue.front());
      queue.pop_front();
    }
    try {
      job();
    } catch (std::exception const& fault) {
      faults.tell("work_failed", fault.what());
    }
  }
}

void WorkLane::State::stop() {
  std::lock_guard const one_at_a_time(stop_mutex);
  {
    std::lock_guard const lock(mutex);
    stopping = true;
  }
  wake.notify_all();
  for (std::thread& thread : threads) thread.join();
  threads.clear();
}

WorkLane::WorkLane(int threads, std::size_t queue_limit, std::string name,
                   telemetry::FaultReport& faults)
    : state_(std::make_unique<State>(threads, queue_limit, std::move(name), faults)) {}

WorkLane::~WorkLane() = default;

bool WorkLane::post(std::function<void()> job) {
  {
    std::lock_guard const lock(state_->mutex);
    if (state_->stopping || state_->queue.size() >= state_->queue_limit) return false;
    state_->queue.push_back(std::move(job));
  }
  state_->wake.notify_one();
  return true;
}

void WorkLane::stop() { state_->stop(); }

}  // namespace kaiku::lanes
