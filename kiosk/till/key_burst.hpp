// Tells a scanner from fingers: a scanner types like a keyboard, but faster than anybody can.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kiosk/till/key.hpp"

namespace kaiku::kiosk {

// Keys closer together than this belong to one burst; so many characters and their end are a scan.
inline constexpr std::int64_t burst_gap_us = 60'000;
inline constexpr std::size_t shortest_scan = 4;
// So many without an end are a scanner that sends none, or one that stumbles: it may take longer.
inline constexpr std::size_t shortest_without_end = 8;
inline constexpr std::int64_t no_end_us = 200'000;
// No hand goes from a character to Enter as fast.
inline constexpr std::int64_t fastest_hand_us = 35'000;
// A scanner that ends with CR LF sends two ends; the second is not a person's.
inline constexpr std::int64_t second_end_us = 100'000;
// Keys that fingers may have pressed just before a scan began.
inline constexpr std::size_t most_stray_keys = 3;

// No code of ours is as long; what comes after it in one burst is dropped.
inline constexpr std::size_t longest_burst = 1024;

// How fast a scan came, and how it ended.
struct ScanPace {
  int gaps = 0;  // 0: not known, typed by hand
  std::int64_t mean_gap_us = 0;
  std::int64_t longest_gap_us = 0;
  std::optional<Key> end{};  // enter or tab; nullopt: none
};

// What keys turned out to be, in this order: keys typed one by one; a whole scan; a run of
// characters too fast for fingers that has no end; keys that a person pressed.
struct BurstOutcome {
  std::u32string typed;
  std::optional<std::u32string> scan;
  ScanPace pace;
  std::u32string unfinished;
  std::vector<Key> keys;
};

// Pure; times are of the monotonic clock. Feed every key, and the time when no key comes. A key
// that is no character waits until it is plain that it stands alone: what comes in the same moment
// as others is a scanner's, and such a key never acts, whatever a QR code holds.
class KeyBurst {
 public:
  // Adds a character. What was waiting and is over is returned.
  BurstOutcome add(char32_t character, std::int64_t now_us) {
    auto outcome = settle(now_us);
    if (!text_.empty()) {
      auto const gap_us = now_us - last_us_;
      sum_us_ += gap_us;
      longest_us_ = std::max(longest_us_, gap_us);
    }
    if (text_.size() < longest_burst) text_ += character;
    last_us_ = now_us;
    scan_ended_us_.reset();
    return outcome;
  }
  // Adds another key. `reads` tells whether a text is a code of ours: keys that fingers pressed in
  // the moment before a scan are split off when what follows them reads.
  template <class Reads>
  BurstOutcome press(Key key, std::int64_t now_us, Reads const& reads) {
    auto outcome = settle(now_us);
    bool const ends = key == Key::enter || key == Key::tab;
    if (ends && is_empty() && scan_ended_us_ && now_us - *scan_ended_us_ < second_end_us) {
      scan_ended_us_.reset();
      return outcome;
    }
    if (ends && text_.size() >= shortest_scan) return end_scan(key, now_us, reads);
    bool const is_slow = !text_.empty() && keys_.empty() && now_us - last_us_ >= fastest_hand_us;
    if (is_slow) outcome = flush();  // only of short runs: fingers that roll on to Enter
    keys_.push_back(key);
    last_us_ = now_us;
    return outcome;
  }
  // After a pause: what came before it.
  BurstOutcome settle(std::int64_t now_us) {
    if (is_empty() || now_us - last_us_ < patience_us()) return {};
    return flush();
  }
  bool is_waiting() const { return !is_empty(); }
  // Until `settle` has something to say, unless a key comes.
  std::int64_t patience_us() const {
    return text_.size() >= shortest_without_end ? no_end_us : burst_gap_us;
  }

 private:
  bool is_empty() const { return text_.empty() && keys_.empty(); }
  BurstOutcome flush() {
    BurstOutcome outcome;
    auto keys = std::exchange(keys_, {});
    auto text = take();
    if (text.empty()) {
      outcome.keys = pressed(std::move(keys));
    } else {
      bool const is_long = text.size() >= shortest_without_end;
      (is_long ? outcome.unfinished : outcome.typed) = std::move(text);
    }
    return outcome;
  }
  template <class Reads>
  BurstOutcome end_scan(Key key, std::int64_t now_us, Reads const& reads) {
    BurstOutcome outcome;
    keys_.clear();
    auto const gaps = static_cast<int>(text_.size()) - 1;
    outcome.pace = {gaps, sum_us_ / gaps, longest_us_, key};
    auto const text = take();
    auto const stray = stray_keys(text, reads);
    outcome.typed = text.substr(0, stray);
    outcome.scan = text.substr(stray);
    scan_ended_us_ = now_us;
    return outcome;
  }
  // A key that is held down repeats; of those that do something at once, once is meant.
  static std::vector<Key> pressed(std::vector<Key> keys) {
    auto const key = keys.front();
    bool const is_one = std::ranges::all_of(keys, [key](Key other) { return other == key; });
    if (!is_one) return {};
    bool const repeats = key == Key::up || key == Key::down || key == Key::backspace;
    if (!repeats) keys.resize(1);
    return keys;
  }
  template <class Reads>
  static std::size_t stray_keys(std::u32string_view text, Reads const& reads) {
    if (reads(text)) return 0;
    for (std::size_t stray = 1; stray <= most_stray_keys; ++stray) {
      bool const is_long = text.size() > stray && text.size() - stray >= shortest_without_end;
      if (is_long && reads(text.substr(stray))) return stray;
    }
    return 0;
  }
  std::u32string take() {
    sum_us_ = 0;
    longest_us_ = 0;
    return std::exchange(text_, {});
  }

  std::u32string text_;
  std::vector<Key> keys_;  // after the text, or without one
  std::int64_t last_us_ = 0;
  std::int64_t sum_us_ = 0;
  std::int64_t longest_us_ = 0;
  std::optional<std::int64_t> scan_ended_us_;
};

}  // namespace kaiku::kiosk
