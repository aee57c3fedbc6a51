// One line from a turnstile or a test, and the line it gets back.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "kiosk/door/door.hpp"

namespace kaiku::kiosk {

// Bytes of a line of JSON: the longest text of any QR fits, with each of its characters escaped.
inline constexpr std::size_t longest_line = 32 * 1024;

// What was wrong with a line, in English, naming the field and never repeating a value.
struct LineFault {
  std::string error;
};

// A code, a QR text, or {"card", "event_id"?, "tickets"?, "override"?: {"answer", "reason"}}; one
// adult unless told otherwise. Pure.
std::variant<Ask, LineFault> read_line_request(std::string_view line);

// The answer line, without its end: {"answer","offline","sequence"?,"redemption_id"?,
// "children_max"?}, or {"error", …} when the door could learn no answer. `offline`: the door has
// decided on its own data; the server hears of it later.
std::string line_for(DoorResult const& result);
std::string line_for(LineFault const& fault);

}  // namespace kaiku::kiosk
