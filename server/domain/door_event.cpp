#include "server/domain/door_event.hpp"

#include <algorithm>

namespace kaiku::domain {
namespace {

constexpr std::int64_t before_start_us = 60 * minute_us;
constexpr std::int64_t choice_holds_us = 15 * minute_us;

std::optional<EventId> next_of(std::span<EventTimes const> events, Instant now) {
  auto const next =
      std::ranges::find_if(events, [&](EventTimes const& one) { return one.starts_at > now; });
  return next == events.end() ? std::nullopt : std::optional(next->id);
}

}  // namespace

bool is_at_hand(EventTimes const& event, Instant now) {
  return event.starts_at <= now + before_start_us && now < event.ends_at;
}

DoorEvent choose_event(std::span<EventTimes const> events, std::optional<EventId> wanted,
                       Instant now) {
  if (wanted && wanted->value != 0) {
    auto const found = std::ranges::find(events, *wanted, &EventTimes::id);
    bool const is_over = found == events.end() || now > found->ends_at + choice_holds_us;
    return {is_over ? DoorEvent::Kind::over : DoorEvent::Kind::chosen, *wanted};
  }
  DoorEvent choice{.next = next_of(events, now)};
  if (wanted) return choice;
  auto const at_hand = [&](EventTimes const& one) { return is_at_hand(one, now); };
  auto const first = std::ranges::find_if(events, at_hand);
  if (first == events.end()) return choice;
  if (std::ranges::count_if(events, at_hand) > 1) return {DoorEvent::Kind::ask};
  return {DoorEvent::Kind::chosen, first->id};
}

}  // namespace kaiku::domain
