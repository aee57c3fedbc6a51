// Tells a scanner from fingers: a scanner types like a keyboard, but faster than anybody can.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace kaiku::kiosk {

// Characters closer together than this belong to one burst; eight of them and an Enter are a scan.
inline constexpr std::int64_t burst_gap_us = 60'000;
inline constexpr std::size_t shortest_scan = 8;

// Pure; times are of the monotonic clock. Feed every character, then take what comes out: either a
// whole scan at its Enter, or the characters one by one once a pause shows that they were typed.
class KeyBurst {
 public:
  // Adds a character. What was waiting and turns out to have been typed is returned.
  std::u32string add(char32_t character, std::int64_t now_us) {
    auto typed = settle(now_us);
    waiting_ += character;
    last_us_ = now_us;
    return typed;
  }
  // After a pause: the characters that were typed.
  std::u32string settle(std::int64_t now_us) {
    if (waiting_.empty() || now_us - last_us_ < burst_gap_us) return {};
    return std::exchange(waiting_, {});
  }
  // At an Enter: the scan it ends, or nullopt and the typed characters through `typed`.
  std::optional<std::u32string> enter(std::int64_t now_us, std::u32string& typed) {
    bool const scanned = waiting_.size() >= shortest_scan && now_us - last_us_ < burst_gap_us;
    auto waiting = std::exchange(waiting_, {});
    if (scanned) return waiting;
    typed = std::move(waiting);
    return std::nullopt;
  }
  // At any other key: what was waiting had been typed.
  std::u32string flush() { return std::exchange(waiting_, {}); }
  bool is_waiting() const { return !waiting_.empty(); }

 private:
  std::u32string waiting_;
  std::int64_t last_us_ = 0;
};

}  // namespace kaiku::kiosk
