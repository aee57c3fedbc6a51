// Which event a door gives tickets for when nobody has said so, and for how long a choice holds.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "schema/values/ids.hpp"
#include "schema/values/time.hpp"

namespace kaiku::domain {

struct EventTimes {
  EventId id;
  Instant starts_at;
  Instant ends_at;
};

// `none`: plain admission; `next` is then the event that comes next. `ask`: several are on or begin
// soon. `over`: the chosen one has ended. While it is `ask` or `over`, nothing is to be recorded.
struct DoorEvent {
  enum class Kind : std::uint8_t { none, chosen, ask, over };
  Kind kind = Kind::none;
  std::optional<EventId> event = {};
  std::optional<EventId> next = {};
};
// `events` by their start. `wanted`: what the address says, an id of 0 for "no event"; nullopt when
// it says nothing: then the one that is on, or that begins within an hour.
DoorEvent choose_event(std::span<EventTimes const> events, std::optional<EventId> wanted,
                       Instant now);
// Whether an event is on or begins within an hour.
bool is_at_hand(EventTimes const& event, Instant now);

}  // namespace kaiku::domain
