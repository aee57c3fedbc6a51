// The venue's day, from plain values.
#pragma once

#include <string>
#include <vector>

#include "server/pages/venue/door_view.hpp"

namespace kaiku::pages {

struct DayEvent {
  std::string title;  // with its time
  std::string href;   // to the door for it, empty when it is over or cancelled
  std::string standing;
  std::int64_t used = 0;
  std::optional<std::int64_t> quota;
  std::int64_t held = 0;  // places reserved
};

struct VenuePage {
  std::string day;         // another day than today, as text; empty for today
  std::string day_before;  // addresses; empty beyond what can be asked about
  std::string day_after;
  std::int64_t tickets_today = 0;
  std::int64_t children_today = 0;
  std::vector<DayEvent> events;
  std::vector<GivenRow> given;
  std::string earlier;  // the address of the rows before these, empty for none
};
Page venue_page(Frame const& frame, VenuePage const& model);

}  // namespace kaiku::pages
