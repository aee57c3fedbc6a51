// From the state of the door to a screenful. Pure: the same state gives the same cells.
#pragma once

#include <string>

#include "kiosk/screen/frame.hpp"
#include "kiosk/till/door_model.hpp"

namespace kaiku::kiosk {

// What does not change while the kiosk runs.
struct ScreenFacts {
  std::string venue_name;
  std::string server;
  std::int64_t device = 0;
  std::string version;
};

inline constexpr Size smallest_screen{60, 16};

Frame layout(DoorModel const& model, ScreenFacts const& facts, Size size, Moment moment);

// "12 min", "5 h", "3 pv": the largest unit that is at least two, so that it does not flicker.
std::string span_in_words(std::int64_t span_us, contract::Language language);

// "1 lippu", "3 lippua", "3 lippua (2 lapselle)", "2 lapsilippua".
std::string tickets_in_words(contract::Tickets const& tickets, contract::Language language);

}  // namespace kaiku::kiosk
