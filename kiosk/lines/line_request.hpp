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

// {"look": card, "event_id"?}: what the door would say; nothing is written.
struct Look {
  std::string card;
  std::optional<EventId> event;
};

// {"undo": sequence}: of a use that this device gave, as its answer line told it.
struct UndoOf {
  std::int64_t sequence = 0;
};

// A code, a QR text, {"card", "event_id"?, "tickets"?, "override"?: {"answer", "reason"}}, with one
// adult unless told otherwise, a look or an undo. Pure.
std::variant<Ask, Look, UndoOf, LineFault> read_line_request(std::string_view line);

// The answer line, without its end: {"answer","offline","data_age_s"?,"sequence"?,"redemption_id"?,
// "children_max"?}, or {"error", …} when the door could learn no answer: a card that the device's
// data do not have is "cannot_know", never "unknown_card". `offline`: the door has decided on its
// own data, `data_age_s` seconds old; the server hears of it later.
std::string line_for(DoorResult const& result);
std::string line_for(LookResult const& result);
// {"undone": true, "sequence", "tickets"}, or "nothing_to_undo" (not given here, or undone already)
// and "too_late" as errors.
std::string line_for(UndoOf const& asked, UndoResult const& result);
std::string line_for(LineFault const& fault);

}  // namespace kaiku::kiosk
