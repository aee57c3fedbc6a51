// Slows guessing down: the one class behind all limits, so that several nodes may share it one day.
// In memory on purpose: a restart gives a guesser at most one more hour's share, and nobody can
// fill the disk with misses.
#pragma once

#include <deque>
#include <initializer_list>
#include <list>
#include <mutex>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schema/values/bytes.hpp"
#include "schema/values/result.hpp"
#include "schema/values/time.hpp"
#include "server/access/identity/limits.hpp"

namespace kaiku::access {

// Under which a brake counts: a hash, since names may be personal and of any length.
using BrakeKey = ByteArray<16>;
BrakeKey brake_key(std::initializer_list<std::string_view> parts);

struct Counted {
  Brake brake;
  BrakeKey key;
};

class Brakes;

// A try under way. What is neither settled as a miss nor as right by the time it goes (a queue was
// full, the server stopped) was no try: it is given back.
class Try {
 public:
  Try(Brakes& brakes, std::vector<Counted> counted)
      : brakes_(&brakes), counted_(std::move(counted)) {}
  Try(Try&& other) noexcept;
  Try& operator=(Try&&) = delete;
  ~Try();
  // Stays counted.
  void missed();
  // No guess: the account starts anew here, whatever else counted it gets its try back.
  void right();

 private:
  Brakes* brakes_;
  std::vector<Counted> counted_;
};

// Thread-safe; measures monotonic time. Refusals are too_many_requests with retry_after_s.
class Brakes {
 public:
  explicit Brakes(Clock const& clock, std::span<Limit const> limits = limit_table);

  // Looks in the order given; the first that has nothing left refuses, and then nothing is counted
  // or kept anywhere. Else the try counts in each of them until it is settled, so that tries at the
  // same time count too.
  Result<Try> begin(std::vector<Counted> counted);
  // For what is settled at once: whether one more miss is left, and counting it.
  Result<void> may(Counted const& counted);
  void missed(Counted const& counted);
  // How many keys a brake holds.
  std::size_t size(Brake brake) const;

 private:
  friend class Try;
  enum class End { missed, right, given_back };

  struct Row {
    std::deque<std::int64_t> misses_us;  // of a window
    int misses = 0;                      // of a doubling delay
    std::int64_t last_us = 0;            // of its last miss: the delay runs from here
    std::int64_t forgiven_us = 0;        // up to when forgiveness has been given
    int pending = 0;                     // tries that are not settled yet
    std::list<BrakeKey>::iterator age;
  };
  struct KeyHash {
    std::size_t operator()(BrakeKey const& key) const noexcept;
  };
  struct Table {
    Limit limit;
    std::unordered_map<BrakeKey, Row, KeyHash> rows;
    std::list<BrakeKey> by_age;  // least recently tried first
  };

  Table& table_of(Brake brake) { return tables_[static_cast<std::size_t>(brake)]; }
  static void forgive(Table const& table, Row& row, std::int64_t now_us);
  static std::int64_t delay_us(Table const& table, Row const& row, std::int64_t now_us);
  static std::int64_t wait_us(Table& table, BrakeKey const& key, std::int64_t now_us);
  static bool make_room(Table& table, std::int64_t now_us);
  static Row& row_of(Table& table, BrakeKey const& key, std::int64_t now_us);
  static void count(Table const& table, Row& row, std::int64_t now_us);
  static void drop(Table& table, BrakeKey const& key);
  void settle(std::vector<Counted> const& counted, End end);

  Clock const& clock_;
  mutable std::mutex mutex_;
  std::vector<Table> tables_;
};

}  // namespace kaiku::access
