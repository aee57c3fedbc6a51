#include <nlohmann/json.hpp>

#include <cstdio>

#include "kiosk/app/exit_codes.hpp"
#include "kiosk/app/kiosk_standing.hpp"
#include "kiosk/commands/command.hpp"

namespace kaiku::kiosk {

namespace {

using nlohmann::ordered_json;

ordered_json time_or_null(std::optional<Instant> at) {
  return at ? ordered_json(to_rfc3339(*at)) : ordered_json(nullptr);
}

ordered_json data_as_json(DoorStanding const& door) {
  ordered_json json{{"as_of", time_or_null(door.data_as_of)}};
  json["age_s"] = door.data_as_of ? ordered_json(door.data_age_s) : ordered_json(nullptr);
  json["is_old"] = door.data_is_old;
  json["is_too_old"] = door.data_is_too_old;
  json["sequence"] = door.snapshot_sequence;
  json["epoch"] = door.snapshot_epoch;
  json["cards"] = door.cards;
  json["key_list_version"] = door.key_list_version;
  json["key_ids"] = door.key_ids;
  json["fault"] =
      door.snapshot_fault.empty() ? ordered_json(nullptr) : ordered_json(door.snapshot_fault);
  return json;
}

ordered_json sync_as_json(KioskStanding const& standing) {
  auto const& door = standing.door;
  ordered_json json{{"queue", door.queue}, {"unacknowledged", door.unacknowledged}};
  json["oldest_waiting"] = time_or_null(standing.oldest_waiting);
  json["oldest_tries"] = standing.oldest_tries;
  json["server_takes_more_at"] = time_or_null(standing.takes_more_at);
  json["failed_tries"] = door.failed_tries;
  json["next_try"] = time_or_null(standing.next_try);
  json["last_failure"] = door.last_failure;
  json["refused"] = ordered_json::array();
  for (auto const& entry : standing.refused) {
    json["refused"].push_back({{"sequence", entry.sequence}, {"why", entry.why}});
  }
  return json;
}

ordered_json as_json(KioskStanding const& standing) {
  auto const& door = standing.door;
  ordered_json json{{"needs", standing.needs()}};
  json["server"] = standing.enrolment.device_url;
  json["reachable"] = standing.reachable;
  if (!standing.reachable) json["unreachable_why"] = standing.unreachable_why;
  json["running"] = standing.running;
  json["online"] = standing.running ? ordered_json(door.online) : ordered_json(nullptr);
  json["trouble"] = stored_word(door.trouble);
  json["last_contact"] = time_or_null(door.last_contact);
  json["last_sync"] = time_or_null(door.last_sync);
  json.update(sync_as_json(standing));
  json["clock_difference_us"] = door.clock_difference_us;
  json["clock_fault"] = door.clock_fault;
  json["data"] = data_as_json(door);
  json["device_id"] = standing.enrolment.device.value;
  json["venue"] = {{"id", standing.enrolment.venue.value},
                   {"name", standing.enrolment.venue_name},
                   {"sector", contract::word_of(standing.enrolment.sector)},
                   {"area_id", standing.enrolment.area_id}};
  json["journal"] = {{"sequence", standing.head.sequence}, {"head", to_hex(standing.head.hash)}};
  json["journal"]["fault"] =
      standing.journal_fault ? ordered_json(*standing.journal_fault) : ordered_json(nullptr);
  json["quarantined"] = standing.quarantined;
  json["disk"] = {{"free_bytes", standing.disk_free_bytes}, {"is_full", standing.disk_is_full}};
  json["certificate_until"] = time_or_null(door.certificate_until);
  json["version"] = KAIKU_VERSION;
  return json;
}

void print(char const* name, std::string const& value) {
  std::printf("%-18s %s\n", name, value.c_str());
}

std::string time_or(std::optional<Instant> at, char const* otherwise) {
  return at ? to_rfc3339(*at) : otherwise;
}

// "2 min", "5 h", "3 d".
std::string age(std::int64_t seconds) {
  if (seconds < 3600) return std::to_string(seconds / 60) + " min";
  if (seconds < 48 * 3600) return std::to_string(seconds / 3600) + " h";
  return std::to_string(seconds / 86'400) + " d";
}

std::string seconds_of(std::int64_t us) {
  auto const tenths = us / (second_us / 10);
  auto const whole =
      std::to_string(std::abs(tenths) / 10) + "." + std::to_string(std::abs(tenths) % 10) + " s";
  return tenths < 0 ? "-" + whole : whole;
}

void print_trouble(KioskStanding const& standing) {
  switch (standing.door.trouble) {
    case Trouble::none: break;
    case Trouble::revoked:
      print("TROUBLE",
            "the coordinator has revoked this device; its entries are kept: "
            "kaiku-kiosk journal export");
      break;
    case Trouble::certificate_expired:
      print("TROUBLE", "the device's certificate has expired; it is renewed at the next contact");
      break;
    case Trouble::has_to_join_again:
      print("TROUBLE",
            "the device's certificate expired too long ago; ask the coordinator for an enrolment "
            "code, then: kaiku-kiosk enrol URL CODE, in this folder");
      break;
    case Trouble::not_enrolled:
      print("TROUBLE", "the server does not know this device; tell the coordinator");
      break;
  }
  if (auto const found = standing.door.folder_found) {
    bool const doubled = *found == contract::Resumed::Why::doubled;
    print(doubled ? "DOUBLE" : "RESTORED",
          doubled ? "another copy of this folder runs elsewhere; use only one of them"
                  : "this folder was restored from an earlier copy; the door goes on");
  }
  if (standing.door.clock_fault) {
    print("CLOCK FAULT", "this clock is more than 5 minutes off the server's; set it right");
  }
}

char const* how_old(DoorStanding const& door) {
  if (!door.data_is_too_old) return door.data_is_old ? ", old" : "";
  return door.age_may_be_overruled ? ", too old: a ticket takes the reason that the network is down"
                                   : ", too old to decide by";
}

void print_data(DoorStanding const& door) {
  if (!door.data_as_of) {
    print("Data", "none yet: without a network this door cannot know a card");
  } else {
    print("Data", std::to_string(door.cards) + " cards as of " + to_rfc3339(*door.data_as_of) +
                      ", " + age(door.data_age_s) + " old" + how_old(door));
    print("Snapshot", "sequence " + std::to_string(door.snapshot_sequence) + ", epoch " +
                          std::to_string(door.snapshot_epoch) + ", key list " +
                          std::to_string(door.key_list_version));
  }
  std::string ids;
  for (auto const& id : door.key_ids) ids += (ids.empty() ? "" : " ") + id;
  print("Keys", ids.empty() ? "none yet" : ids);
  if (!door.snapshot_fault.empty()) print("SNAPSHOT REFUSED", door.snapshot_fault);
}

void print_sync(KioskStanding const& standing) {
  auto const& door = standing.door;
  print("Last contact", time_or(door.last_contact, "never"));
  print("Last sync", time_or(door.last_sync, "never"));
  print("Queue", std::to_string(door.queue) + " uses and undos not told to the server, " +
                     std::to_string(door.unacknowledged) + " entries not acknowledged");
  if (standing.oldest_waiting) {
    print("Oldest waiting", to_rfc3339(*standing.oldest_waiting) + ", tried " +
                                std::to_string(standing.oldest_tries) + " times");
  }
  if (standing.takes_more_at) {
    print("A day's share", "is in; the server takes the rest from " +
                               to_rfc3339(*standing.takes_more_at) + " on, by itself");
  }
  if (door.failed_tries > 0) {
    print("Failed tries", std::to_string(door.failed_tries) + " in a row; next at " +
                              time_or(standing.next_try, "any moment"));
  }
  if (!door.last_failure.empty()) print("Last failure", door.last_failure);
  for (auto const& entry : standing.refused) {
    print("REFUSED", "entry " + std::to_string(entry.sequence) + ": " + entry.why);
  }
}

void print_for_people(KioskStanding const& standing) {
  auto const& door = standing.door;
  print("Server", standing.enrolment.device_url +
                      (standing.reachable ? " (reached)"
                                          : " (not reached: " + standing.unreachable_why + ")"));
  print("Door", !standing.running ? "not running"
                : door.online     ? "running, online"
                                  : "running, offline: it works without a network");
  print_trouble(standing);
  print_sync(standing);
  print_data(door);
  print("Clock difference", seconds_of(door.clock_difference_us));
  print("Device", std::to_string(standing.enrolment.device.value));
  print("Venue", standing.enrolment.venue_name + " (" +
                     std::string(contract::word_of(standing.enrolment.sector)) + ", " +
                     standing.enrolment.area_id + ")");
  print("Journal", std::to_string(standing.head.sequence) + " entries, head " +
                       to_hex(standing.head.hash).substr(0, 16));
  print("Journal check", standing.journal_fault.value_or("whole"));
  if (standing.quarantined > 0) {
    print("QUARANTINE", std::to_string(standing.quarantined) +
                            " entries are kept apart by the server; tell the coordinator");
  }
  if (standing.disk_is_full) {
    print("DISK FULL", std::to_string(standing.disk_free_bytes / 1024) +
                           " KiB are free; make room: no ticket can be recorded without");
  }
  if (!standing.synced_within_a_day)
    print("NOT SYNCED", "for a day; see the last failure, or look at its network");
  print("Certificate until", time_or(door.certificate_until, "unreadable"));
  print("Version", KAIKU_VERSION);
}

}  // namespace

int command_status(Folder const& folder, bool json) {
  auto const opened = OpenedFolder::for_reading(folder);
  if (!opened) return tell_not_enrolled(folder);
  auto const standing = take_stock(folder, *opened);
  if (json) {
    auto const lenient = ordered_json::error_handler_t::replace;
    std::puts(as_json(standing).dump(2, ' ', false, lenient).c_str());
  } else {
    print_for_people(standing);
  }
  return standing.needs().empty() ? exit_good : exit_found;
}

}  // namespace kaiku::kiosk
