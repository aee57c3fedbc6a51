// Two brakes on guessing: of card codes, and of passwords. In memory on purpose: a restart is rare
// and gives a guesser at most one more hour's share, and nobody can fill the disk with misses.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "schema/values/ids.hpp"
#include "schema/values/result.hpp"
#include "schema/values/time.hpp"
#include "server/domain/caller.hpp"

namespace kaiku::access {

// At most 30 misses in any hour for a device or account, and for an agent per venue. A miss is a
// typed code with a right check character that is no card of ours. Thread-safe; measures monotonic
// time.
class GuessLimits {
 public:
  static constexpr std::size_t misses_an_hour = 30;

  explicit GuessLimits(Clock const& clock, std::size_t most_keys = 20'000)
      : clock_(clock), most_keys_(most_keys) {}

  // too_many_requests with retry_after_s once the misses are used up. Ask for typed codes alone.
  Result<void> may_type(domain::Caller const& caller, VenueId venue);
  void missed(domain::Caller const& caller, VenueId venue);

 private:
  struct Key {
    std::int64_t actor;
    std::int64_t venue;  // 0 unless an agent
    bool operator==(Key const&) const = default;
  };
  struct KeyHash {
    std::size_t operator()(Key const& key) const noexcept;
  };
  static Key key_of(domain::Caller const& caller, VenueId venue);
  void forget_old(std::deque<std::int64_t>& misses, std::int64_t now_us) const;
  void make_room(std::int64_t now_us);

  Clock const& clock_;
  std::size_t most_keys_;
  std::mutex mutex_;
  std::unordered_map<Key, std::deque<std::int64_t>, KeyHash> misses_;
};

// Ten tries of a password are free, then each next one has to wait 2, 4, 8 … seconds, at most 15
// minutes, counted for the account and for the network apart. Every six minutes forgive one try. It
// is never a lock, touches no open session, and counts names that do not exist just the same.
// Thread-safe; measures monotonic time.
class LoginDelays {
 public:
  static constexpr int free_tries = 10;
  static constexpr std::int64_t longest_delay_s = 15 * 60;
  static constexpr std::int64_t forgiveness_us = 6 * minute_us;

  explicit LoginDelays(Clock const& clock, std::size_t most_keys = 50'000)
      : clock_(clock), most_keys_(most_keys) {}

  // Counts a try before the slow work, so that tries at the same time count too; too_many_requests
  // with retry_after_s while a delay runs, and then nothing is counted. `peer` is a network
  // address.
  Result<void> admit(std::string_view username, std::string_view peer);
  // The password was right: the account starts anew, the network gets this try back.
  void succeeded(std::string_view username, std::string_view peer);

 private:
  struct Tries {
    int count = 0;
    std::int64_t last_us = 0;      // of the last try: the delay runs from here
    std::int64_t forgiven_us = 0;  // up to when forgiveness has been given
    std::list<std::string>::iterator age;
  };
  Tries& tries_of(std::string const& key, std::int64_t now_us);
  static std::int64_t wait_us(Tries const& tries, std::int64_t now_us);

  Clock const& clock_;
  std::size_t most_keys_;
  std::mutex mutex_;
  std::unordered_map<std::string, Tries> tries_;
  std::list<std::string> by_age_;  // least recently tried first
};

// The network of an address: its /24 (IPv4) or /64 (IPv6), "192.0.2.0/24". An IPv4 address inside
// IPv6 counts as IPv4; what is no address stands for itself.
std::string network_of(std::string_view peer);

}  // namespace kaiku::access
