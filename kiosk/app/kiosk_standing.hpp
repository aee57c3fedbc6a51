// How a kiosk stands, as `status` tells it: from its folder, from what a running kiosk has written
// there, and from one short question to the server.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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
  std::optional<Instant> takes_more_at;  // the server has taken a day's share of what waits
  std::int64_t quarantined = 0;          // entries that the server keeps apart
  std::int64_t disk_free_bytes = 0;
  bool disk_is_full = false;
  bool synced_within_a_day = false;

  // What a person should look at, a word each; `status` shows them and exits with 1 for any:
  // unreachable, revoked, certificate_expired, has_to_join_again, not_enrolled, journal_broken,
  // entries_refused, restored, doubled, quarantine, disk_full, clock_fault, data_too_old,
  // snapshot_refused, not_synced_for_a_day.
  std::vector<std::string_view> needs() const;
};
// Less, and a day's uses may not fit.
inline constexpr std::int64_t least_free_bytes = 8 * 1024 * 1024;

// Takes at most about two seconds, whatever the network does. Throws StorageFailure.
KioskStanding take_stock(Folder const& folder, OpenedFolder& opened);

}  // namespace kaiku::kiosk
