// Tells a scanner from fingers: a scanner types like a keyboard, but faster than anybody can.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace kaiku::kiosk {

// Characters closer together than this belong to one burst; eight of them and an Enter are a scan.
inline constexpr std::int64_t burst_gap_us = 60'000;
inline constexpr std::size_t shortest_scan = 8;
// A scanner that ends with CR LF sends two Enters; the second is not a person's.
inline constexpr std::int64_t second_enter_us = 100'000;
// Keys that fingers may have pressed just before a scan began.
inline constexpr std::size_t most_stray_keys = 3;

// No code of ours is as long; what comes after it in one burst is dropped.
inline constexpr std::size_t longest_burst = 1024;

// How fast a scan came.
struct ScanPace {
  int gaps = 0;  // 0: not known, typed by hand
  std::int64_t mean_gap_us = 0;
  std::int64_t longest_gap_us = 0;
};

// What keys turned out to be, in this order: keys typed one by one; a whole scan; a run of
// characters too fast for fingers whose Enter has not come; the Enter of a person.
struct BurstOutcome {
  std::u32string typed;
  std::optional<std::u32string> scan;
  ScanPace pace;
  std::u32string unfinished;
  bool enter = false;
};

// Pure; times are of the monotonic clock. Feed every key, and the time when no key comes.
class KeyBurst {
 public:
  // Adds a character. What was waiting and is over is returned.
  BurstOutcome add(char32_t character, std::int64_t now_us) {
    auto outcome = settle(now_us);
    if (!waiting_.empty()) {
      auto const gap_us = now_us - last_us_;
      sum_us_ += gap_us;
      longest_us_ = std::max(longest_us_, gap_us);
    }
    if (waiting_.size() < longest_burst) waiting_ += character;
    last_us_ = now_us;
    scan_ended_us_.reset();
    return outcome;
  }
  // After a pause: what came before it.
  BurstOutcome settle(std::int64_t now_us) {
    if (waiting_.empty() || now_us - last_us_ < burst_gap_us) return {};
    return flush();
  }
  // At any other key: what was waiting was over.
  BurstOutcome flush() {
    BurstOutcome outcome;
    auto waiting = take();
    (waiting.size() >= shortest_scan ? outcome.unfinished : outcome.typed) = std::move(waiting);
    return outcome;
  }
  // At an Enter. `reads` tells whether a text is a code of ours: keys that fingers pressed in the
  // moment before a scan are split off when what follows them reads.
  template <class Reads>
  BurstOutcome enter(std::int64_t now_us, Reads const& reads) {
    BurstOutcome outcome;
    if (waiting_.empty() && scan_ended_us_ && now_us - *scan_ended_us_ < second_enter_us) {
      scan_ended_us_.reset();
      return outcome;
    }
    if (waiting_.size() < shortest_scan || now_us - last_us_ >= burst_gap_us) {
      outcome = flush();
      outcome.enter = true;
      return outcome;
    }
    auto const gaps = static_cast<int>(waiting_.size()) - 1;
    outcome.pace = {gaps, sum_us_ / gaps, longest_us_};
    auto waiting = take();
    auto const stray = stray_keys(waiting, reads);
    outcome.typed = waiting.substr(0, stray);
    outcome.scan = waiting.substr(stray);
    scan_ended_us_ = now_us;
    return outcome;
  }
  bool is_waiting() const { return !waiting_.empty(); }

 private:
  template <class Reads>
  static std::size_t stray_keys(std::u32string_view text, Reads const& reads) {
    if (reads(text)) return 0;
    for (std::size_t stray = 1; stray <= most_stray_keys; ++stray) {
      bool const is_long = text.size() - stray >= shortest_scan;
      if (is_long && reads(text.substr(stray))) return stray;
    }
    return 0;
  }
  std::u32string take() {
    sum_us_ = 0;
    longest_us_ = 0;
    return std::exchange(waiting_, {});
  }

  std::u32string waiting_;
  std::int64_t last_us_ = 0;
  std::int64_t sum_us_ = 0;
  std::int64_t longest_us_ = 0;
  std::optional<std::int64_t> scan_ended_us_;
};

}  // namespace kaiku::kiosk
