// The full-screen door: keys and answers in, cells out.
#pragma once

#include "kiosk/app/kiosk.hpp"
#include "kiosk/screen/layout.hpp"

namespace kaiku::kiosk {

// What an earlier run left in the settings.
struct RunSettings {
  contract::Language language = contract::Language::fi;
  std::optional<EventId> event;
  std::optional<Day> without_event_on;
  bool fast = false;
  bool click = true;
  bool has_pin = false;
  bool locked = false;  // only with a PIN
  int pin_failures = 0;
};

// Until it is quit on K5 or `stop_fd` becomes readable. Needs a terminal (Terminal::is_there).
void run_door(Kiosk& kiosk, ScreenFacts const& facts, RunSettings const& settings, int stop_fd);

// K6. True when the kiosk was enrolled, false when the person left.
bool run_enrolment(Folder const& folder, Database& database, std::string const& device_name,
                   int stop_fd);

}  // namespace kaiku::kiosk
