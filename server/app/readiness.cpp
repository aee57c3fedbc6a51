#include "server/app/readiness.hpp"

#include <exception>

#include "server/ledger/ledger.hpp"
#include "server/telemetry/threads.hpp"

namespace kaiku {

Readiness::Readiness(lanes::ReadLanes& readers, telemetry::FaultReport& faults)
    : readers_(readers), faults_(faults) {
  ask();
  thread_ = std::thread([this] { work(); });
}

Readiness::~Readiness() {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

bool Readiness::is_ready() const {
  return std::chrono::steady_clock::now() - answered_at_.load() < too_long;
}

void Readiness::ask() {
  try {
    readers_.run([](ledger::ReadTx& tx) { ledger::last_sequence(tx); });
    answered_at_ = std::chrono::steady_clock::now();
  } catch (std::exception const& fault) {
    faults_.tell("not_ready", fault.what());
  }
}

void Readiness::work() {
  telemetry::name_thread("kaiku-ready");
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, apart, [this] { return stopping_; })) {
    lock.unlock();
    ask();
    lock.lock();
  }
}

}  // namespace kaiku
