#include <nlohmann/json.hpp>

#include <cstdio>
#include <cstdlib>

#include "kiosk/door/enrolment.hpp"
#include "kiosk/door/kiosk.hpp"
#include "kiosk/link/certificates.hpp"
#include "kiosk/main/commands.hpp"
#include "kiosk/main/exit_codes.hpp"

namespace kaiku::kiosk {

namespace {

using nlohmann::ordered_json;

// What status tells; times RFC 3339.
struct Standing {
  Enrolment enrolment;
  bool reachable = false;
  std::string unreachable_why;
  std::optional<Instant> last_contact;
  std::int64_t queue = 0;
  std::int64_t clock_difference_us = 0;
  JournalHead head;
  std::optional<std::string> journal_fault;
  std::optional<Instant> certificate_until;
  bool found_something() const {
    return !reachable || journal_fault || std::llabs(clock_difference_us) > clock_fault_us;
  }
};

Standing take_stock(Database& database, Enrolment const& enrolment,
                    crypto::P256PrivateKey const& key) {
  Standing standing;
  standing.enrolment = enrolment;
  auto const sealing_key = crypto::P256PublicKey::from_point(enrolment.sealing_key);
  if (!sealing_key) throw StorageFailure("The stored sealing key is damaged.");
  Journal journal(database, enrolment.device, key, *sealing_key);
  standing.queue = journal.queue();
  standing.head = journal.head();
  standing.journal_fault = journal.first_fault();
  if (auto const facts = read_certificate(enrolment.certificate)) {
    standing.certificate_until = facts->not_after;
  }
  SystemClock const system_clock;
  KioskClock clock(system_clock, integer_setting(database, "clock_difference_us").value_or(0));
  if (auto const us = integer_setting(database, "last_contact_us")) {
    standing.last_contact = Instant{*us};
  }
  auto server = door_server_of(enrolment, key);
  auto const reply = server.venue();
  if (auto const* news = std::get_if<VenueNews>(&reply)) {
    clock.server_said(news->server_time);
    standing.reachable = true;
    standing.last_contact = clock.now();
  } else if (auto const* refusal = std::get_if<ServerRefusal>(&reply)) {
    standing.unreachable_why = refusal->slug + " " + refusal->detail;
  } else {
    standing.unreachable_why = std::get<LinkFailure>(reply).detail;
  }
  standing.clock_difference_us = clock.difference_us();
  return standing;
}

ordered_json as_json(Standing const& standing) {
  auto const time = [](std::optional<Instant> at) {
    return at ? ordered_json(to_rfc3339(*at)) : ordered_json(nullptr);
  };
  ordered_json json{{"server", standing.enrolment.device_url},
                    {"reachable", standing.reachable}};
  if (!standing.reachable) json["unreachable_why"] = standing.unreachable_why;
  json["last_contact"] = time(standing.last_contact);
  json["queue"] = standing.queue;
  json["clock_difference_us"] = standing.clock_difference_us;
  json["device_id"] = standing.enrolment.device.value;
  json["venue"] = {{"id", standing.enrolment.venue.value},
                   {"name", standing.enrolment.venue_name},
                   {"sector", contract::word_of(standing.enrolment.sector)},
                   {"area_id", standing.enrolment.area_id}};
  json["journal"] = {{"sequence", standing.head.sequence}, {"head", to_hex(standing.head.hash)}};
  json["journal"]["fault"] = standing.journal_fault ? ordered_json(*standing.journal_fault)
                                                    : ordered_json(nullptr);
  json["certificate_until"] = time(standing.certificate_until);
  json["version"] = KAIKU_VERSION;
  return json;
}

void print(char const* name, std::string const& value) {
  std::printf("%-18s %s\n", name, value.c_str());
}

void print_for_people(Standing const& standing) {
  print("Server", standing.enrolment.device_url +
                      (standing.reachable ? " (reached)"
                                          : " (not reached: " + standing.unreachable_why + ")"));
  print("Last contact", standing.last_contact ? to_rfc3339(*standing.last_contact) : "never");
  print("Queue", std::to_string(standing.queue) + " not told to the server");
  print("Clock difference", std::to_string(standing.clock_difference_us / 1000) + " ms");
  print("Device", std::to_string(standing.enrolment.device.value));
  print("Venue", standing.enrolment.venue_name + " (" +
                     std::string(contract::word_of(standing.enrolment.sector)) + ", " +
                     standing.enrolment.area_id + ")");
  print("Journal", std::to_string(standing.head.sequence) + " entries, head " +
                       to_hex(standing.head.hash).substr(0, 16));
  print("Journal check", standing.journal_fault.value_or("whole"));
  print("Certificate until",
        standing.certificate_until ? to_rfc3339(*standing.certificate_until) : "unreadable");
  print("Version", KAIKU_VERSION);
}

}  // namespace

int command_status(Folder const& folder, bool json) {
  if (!folder.has_database()) return tell_not_enrolled();
  Database database(folder.database(), Database::Mode::read_only);
  auto const enrolment = load_enrolment(database);
  auto const key = read_device_key(folder.device_key());
  if (!enrolment || !key) return tell_not_enrolled();
  auto const standing = take_stock(database, *enrolment, *key);
  if (json) {
    auto const lenient = ordered_json::error_handler_t::replace;
    std::puts(as_json(standing).dump(2, ' ', false, lenient).c_str());
  } else {
    print_for_people(standing);
  }
  return standing.found_something() ? exit_found : exit_good;
}

int command_journal_export(Folder const& folder) {
  if (!folder.has_database()) return tell_not_enrolled();
  Database database(folder.database(), Database::Mode::read_only);
  auto const enrolment = load_enrolment(database);
  auto const key = read_device_key(folder.device_key());
  if (!enrolment || !key) return tell_not_enrolled();
  auto const sealing_key = crypto::P256PublicKey::from_point(enrolment->sealing_key);
  if (!sealing_key) throw StorageFailure("The stored sealing key is damaged.");
  Journal journal(database, enrolment->device, *key, *sealing_key);
  journal.each([](StoredEntry const& entry) {
    std::printf(R"({"sequence":%lld,"told":%s,"hash":"%s","entry":"%s"})" "\n",
                static_cast<long long>(entry.sequence), entry.told ? "true" : "false",
                to_hex(entry.hash).c_str(), to_base64(entry.signed_entry).c_str());
  });
  auto const fault = journal.first_fault();
  if (fault) std::fprintf(stderr, "The journal is not whole: %s.\n", fault->c_str());
  return fault ? exit_found : exit_good;
}

}  // namespace kaiku::kiosk
