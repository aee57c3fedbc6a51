// How a kiosk stands, as `status` tells it: from its folder, from what a running kiosk has written
// there, and from one short question to the server.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/app/opened_folder.hpp"
#include "kiosk/door/door.hpp"

namespace kaiku::kiosk {

struct RefusedEntry {
  std::int64_t sequence = 0;
  std::string why;
};

struct KioskStanding {
  Enrolment enrolment;
  DoorStanding door;
  bool running = false;    // another process is at this door
  bool reachable = false;  // the server answered now
  std::string unreachable_why;
  std::optional<Instant> next_try;        // of the running kiosk
  std::optional<Instant> oldest_waiting;  // kiosk time of the oldest entry that waits
  int oldest_tries = 0;
  std::vector<RefusedEntry> refused;
  JournalHead head;
  std::optional<std::string> journal_fault;

  // Something that a person should look at.
  bool found_something() const;
};

// Takes at most about two seconds, whatever the network does. Throws StorageFailure.
KioskStanding take_stock(Folder const& folder, OpenedFolder& opened);

}  // namespace kaiku::kiosk
