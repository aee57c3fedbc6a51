#include "server/lanes/work_lane.hpp"

#include <algorithm>
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
  State(int thread_count, std::size_t queue_limit_in, std::size_t kept_in, std::string name_in,
        telemetry::FaultReport& faults_in)
      : queue_limit(queue_limit_in), kept(kept_in), name(std::move(name_in)), faults(faults_in) {
    assert(thread_count > 0);
    for (int i = 0; i < thread_count; ++i) threads.emplace_back([this] { work(); });
  }
  ~State() { stop(); }
  // Holding the mutex.
  bool has_place_for(std::string const& of) const {
    if (queue.size() >= queue_limit) return false;
    if (of.empty()) return true;
    auto const theirs = std::ranges::count(queue, of, &Job::of);
    return static_cast<std::size_t>(theirs) < queue_limit * 5 / 8;
  }
  void work();
  void stop();

  std::size_t const queue_limit;
  std::size_t const kept;
  std::string const name;
  telemetry::FaultReport& faults;
  std::mutex mutex;  // guards the queues and the flag
  std::condition_variable wake;
  struct Job {
    std::function<void()> run;
    std::string of;
  };
  std::deque<Job> queue;
  std::deque<Job> ahead;
  bool stopping = false;

  std::mutex stop_mutex;
  std::vector<std::thread> threads;
};

void WorkLane::State::work() {
  telemetry::name_thread(name);
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex);
      wake.wait(lock, [this] { return stopping || !queue.empty() || !ahead.empty(); });
      auto& next = ahead.empty() ? queue : ahead;
      if (next.empty()) return;
      job = std::move(next.front());
      next.pop_front();
    }
    try {
      job.run();
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
                   telemetry::FaultReport& faults, std::size_t kept)
    : state_(std::make_unique<State>(threads, queue_limit, kept, std::move(name), faults)) {}

WorkLane::~WorkLane() = default;

bool WorkLane::post(std::function<void()> job, Turn turn, std::string const& of) {
  {
    std::lock_guard const lock(state_->mutex);
    bool const goes_ahead = turn == Turn::ahead && state_->ahead.size() < state_->kept;
    auto& queue = goes_ahead ? state_->ahead : state_->queue;
    if (state_->stopping || (!goes_ahead && !state_->has_place_for(of))) return false;
    queue.push_back({std::move(job), of});
  }
  state_->wake.notify_one();
  return true;
}

void WorkLane::stop() { state_->stop(); }

}  // namespace kaiku::lanes
