#include "server/use_cases/stretch_codes.hpp"

#include <sys/resource.h>

#include <chrono>
#include <stdexcept>
#include <utility>
#include <vector>

#include "server/ledger/ledger.hpp"
#include "server/telemetry/threads.hpp"

namespace kaiku::use_cases {
namespace {

constexpr std::size_t codes_a_pass = 64;
constexpr std::chrono::seconds pause{1};
constexpr int low_priority = 10;  // of nice(2); Linux takes it for this thread alone

}  // namespace

tables::CodesToStretch StretchPass::find(Position& position) {
  using tables::Towards;
  tables::CodesToStretch found;
  readers_.run([&](ledger::ReadTx& tx) {
    if (!position.known) {
      auto const last = ledger::last_sequence(tx);
      position = {true,
                  {last, CardId{INT64_MAX}},
                  tables::CardChange{last + 1, CardId{0}},
                  last,
                  tables::stretched_up_to(tx)};
    }
    found = tables::codes_to_stretch(tx, position.newer_from, Towards::newer, codes_a_pass);
    if (found.reached) {
      position.newer_from = *found.reached;
    } else if (position.older_from) {
      found = tables::codes_to_stretch(tx, *position.older_from, Towards::older, codes_a_pass,
                                       position.done_to);
      position.older_from = found.reached;
    }
  });
  return found;
}

bool StretchPass::run(std::function<bool()> const& stopping) {
  if (!writer_.may_run_chores()) return false;
  auto next = position_;
  auto const found = find(next);
  auto const row_key = tables::row_key_of(keys_, 1);  // the salt is the same in all epochs
  std::vector<std::pair<CardId, Digest>> made;
  for (auto const& [card, code] : found.codes) {
    if (stopping()) return true;
    made.emplace_back(card, contract::stretch(code, row_key));
  }
  // With a million cards a search through all of them takes seconds: once, and not at each start.
  bool const was_looking = !position_.known || position_.older_from;
  bool const looked_through = was_looking && !next.older_from;
  auto end = lanes::JobEnd::committed;
  if (!made.empty() || looked_through) {
    end = writer_.run([&](ledger::WriteTx& tx) {
      for (auto const& [card, stretched] : made) tables::put_stretched(tx, card, stretched);
      if (looked_through) tables::note_stretched_up_to(tx, next.started_at);
      return true;
    });
  }
  if (end != lanes::JobEnd::committed) {
    throw std::runtime_error("stretched codes could not be written");
  }
  position_ = next;
  return found.reached.has_value();
}

CodeStretcher::CodeStretcher(lanes::WriterLane& writer, lanes::ReadLanes& readers,
                             keys::KeyRing const& keys, telemetry::FaultReport& faults)
    : pass_(writer, readers, keys), faults_(faults), thread_([this] { work(); }) {}

CodeStretcher::~CodeStretcher() {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  idle_.notify_all();
  thread_.join();
}

bool CodeStretcher::is_stopping() const {
  std::lock_guard const lock(mutex_);
  return stopping_;
}

void CodeStretcher::work() {
  telemetry::name_thread("kaiku-stretch");
  ::setpriority(PRIO_PROCESS, 0, low_priority);
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    auto const asked = asked_;
    lock.unlock();
    bool done = false;
    bool failed = false;
    try {
      done = !pass_.run([this] { return is_stopping(); });
    } catch (std::exception const& fault) {
      failed = true;  // a full lane or disk: the cards wait
      faults_.tell("stretch_failed", fault.what());
    }
    lock.lock();
    if (done) {
      answered_ = asked;
      idle_.notify_all();
    }
    if (done || failed) {
      wake_.wait_for(lock, pause, [&] { return stopping_ || (!failed && asked_ > answered_); });
    }
  }
}

void CodeStretcher::wait_until_done() {
  std::unique_lock lock(mutex_);
  auto const mine = ++asked_;
  wake_.notify_all();
  idle_.wait(lock, [&] { return stopping_ || answered_ >= mine; });
}

}  // namespace kaiku::use_cases
