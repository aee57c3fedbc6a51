// The one line of the door's pages: what a hand or a scanner put into it before Enter.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "schema/values/time.hpp"

namespace kaiku::domain {

// "2" is two children, "A" "T" "K" an assistant, an interpreter, a companion; in any order, each at
// most once.
struct TicketKeys {
  std::optional<int> children = {};
  bool assistant = false;
  bool interpreter = false;
  bool companion = false;
  bool operator==(TicketKeys const&) const = default;
};

// `card`: anything that is neither nothing nor keys, readable or not. `reason`: 1 to 4 of "P1" to
// "P4", tickets may stand behind it; 0 without one.
struct DoorLine {
  enum class Kind : std::uint8_t { empty, keys, card };
  Kind kind = Kind::empty;
  TicketKeys keys;
  int reason = 0;
  bool operator==(DoorLine const&) const = default;
};
// Spaces of every kind and control characters mean nothing, and neither does the case of letters.
DoorLine parse_door_line(std::string_view text);
// Neither keys nor long enough for any card: a slip of the hand, and no step on to another card.
bool is_slip(std::string_view text);

// Whether the line is no act of a person but a scanner that bounces: within one second of the card
// before, nothing or up to three characters; within five, the same card again or the end of what
// was read then (three characters or more). `read`: that card as it was read.
bool is_bounce(std::string_view line, std::string_view read, std::int64_t since_read_us);

// In fast mode the same card is the same scan for so long after its last one, and keys add to its
// ticket for so long.
inline constexpr std::int64_t same_scan_us = 5 * second_us;
inline constexpr std::int64_t keys_add_us = 20 * second_us;
bool is_same_scan(std::string_view line, std::string_view read, std::int64_t since_read_us);

}  // namespace kaiku::domain
