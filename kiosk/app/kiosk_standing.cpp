#include "kiosk/app/kiosk_standing.hpp"

#include <sys/statvfs.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "kiosk/app/kiosk.hpp"
#include "kiosk/link/enrolment.hpp"

namespace kaiku::kiosk {

namespace {

constexpr std::chrono::milliseconds look_up_patience{500};
constexpr std::chrono::milliseconds probe_patience{1'000};

// A look-up has no deadline of its own: it may outlive our patience, and even this program, and
// then nobody hears of it. It touches nothing but what it shares.
void look_up(std::shared_ptr<Credentials> const& credentials) {
  struct Shared {
    std::mutex mutex;
    std::condition_variable changed;
    bool done = false;
  };
  if (credentials->addresses()) return;
  auto const shared = std::make_shared<Shared>();
  std::thread([shared, credentials] {
    auto found = resolve(credentials->server());
    std::lock_guard const hold(shared->mutex);
    if (found) credentials->resolved(*found);
    shared->done = true;
    shared->changed.notify_all();
  }).detach();
  std::unique_lock hold(shared->mutex);
  shared->changed.wait_for(hold, look_up_patience, [&] { return shared->done; });
}

std::string in_words(ServerRefusal const& refusal) {
  return std::to_string(refusal.status) + " " + refusal.slug;
}

Trouble trouble_in(ServerRefusal const& refusal) {
  if (refusal.is_revoked()) return Trouble::revoked;
  if (refusal.is_expired()) return Trouble::certificate_expired;
  return refusal.status == 401 ? Trouble::not_enrolled : Trouble::none;
}

// Asks for the venue part, as the sync's probe does, and believes only its time.
void probe(KioskStanding& standing, DoorServer& server, KioskClock& clock, Contact& contact,
           crypto::Ed25519PublicKey const& root, DeviceId device) {
  auto const asked_at_us = clock.monotonic_us();
  auto const reply = server.venue_snapshot();
  if (auto const* failure = std::get_if<LinkFailure>(&reply)) {
    standing.unreachable_why = failure->detail;
    return;
  }
  if (auto const* refusal = std::get_if<ServerRefusal>(&reply)) {
    standing.unreachable_why = in_words(*refusal);
    auto const trouble = trouble_in(*refusal);
    if (trouble != Trouble::none) contact.found_trouble(trouble);
    return;
  }
  standing.reachable = true;
  contact.found_trouble(Trouble::none);
  if (auto const opened = contract::open_venue_part(std::get<SignedPart>(reply).bytes, root, 0)) {
    if (opened->part.device != device) contact.found_trouble(Trouble::not_enrolled);
    clock.server_said(opened->part.issued_at, (clock.monotonic_us() - asked_at_us) / 2);
  }
  contact.heard(clock.server_time());
}

// What the running kiosk wrote of its tries; without one the probe of now is all there is.
void add_tries(KioskStanding& standing, Database& database, Clock const& clock) {
  if (!standing.running) {
    if (!standing.reachable) standing.door.last_failure = standing.unreachable_why;
    return;
  }
  standing.door.online = integer_setting(database, "online").value_or(0) != 0;
  standing.door.failed_tries =
      static_cast<int>(integer_setting(database, "failed_tries").value_or(0));
  standing.door.last_failure = setting(database, "last_failure").value_or("");
  auto const next = integer_setting(database, "next_try_us").value_or(0);
  if (next > clock.now().us) standing.next_try = Instant{next};
}

void add_journal(KioskStanding& standing, OpenedFolder& opened) {
  auto& journal = opened.journal;
  standing.head = journal.head();
  standing.journal_fault = journal.first_fault();
  auto const oldest = journal.waiting(1);
  if (!oldest.empty()) {
    auto const entry =
        contract::verify_journal_entry(oldest[0].signed_entry, opened.key.public_key());
    if (entry) standing.oldest_waiting = entry->kiosk_time;
    standing.oldest_tries = oldest[0].tries;
    auto const resume = integer_setting(opened.database, "takes_more_at_us").value_or(0);
    if (Instant{resume} > SystemClock().now()) standing.takes_more_at = Instant{resume};
  }
  journal.each([&](StoredEntry const& entry) {
    if (!entry.refused.empty()) standing.refused.push_back({entry.sequence, entry.refused});
    if (entry.quarantined) ++standing.quarantined;
  });
}

void add_disk(KioskStanding& standing, Folder const& folder) {
  struct statvfs disk {};
  if (::statvfs(folder.directory.c_str(), &disk) != 0) return;
  standing.disk_free_bytes =
      static_cast<std::int64_t>(disk.f_bavail) * static_cast<std::int64_t>(disk.f_frsize);
  standing.disk_is_full = standing.disk_free_bytes < least_free_bytes;
}

// A device that never synced is late when something of it has waited for a day.
bool is_synced_within_a_day(KioskStanding const& standing, Instant now) {
  // The server takes a day's share and no more: what waits goes on by itself.
  if (standing.takes_more_at && now < *standing.takes_more_at + hour_us) return true;
  auto const since = standing.door.last_sync ? standing.door.last_sync : standing.oldest_waiting;
  return !since || now - *since < day_us;
}

}  // namespace

std::vector<std::string_view> KioskStanding::needs() const {
  std::vector<std::string_view> words;
  auto const add_if = [&](bool is_so, std::string_view word) {
    if (is_so) words.push_back(word);
  };
  add_if(!reachable, "unreachable");
  add_if(door.trouble != Trouble::none, stored_word(door.trouble));
  add_if(journal_fault.has_value(), "journal_broken");
  add_if(!refused.empty(), "entries_refused");
  add_if(quarantined > 0, "quarantine");
  if (door.folder_found) words.push_back(word_of(*door.folder_found));
  add_if(disk_is_full, "disk_full");
  add_if(door.clock_fault, "clock_fault");
  add_if(door.data_is_too_old, "data_too_old");
  add_if(!door.snapshot_fault.empty(), "snapshot_refused");
  add_if(!synced_within_a_day, "not_synced_for_a_day");
  return words;
}

KioskStanding take_stock(Folder const& folder, OpenedFolder& opened) {
  KioskStanding standing;
  standing.enrolment = opened.enrolment;
  standing.running = !FolderLock(folder.lock()).held();
  auto const root = crypto::Ed25519PublicKey::from_raw(opened.enrolment.root_key);
  if (!root) throw StorageFailure("The stored root key is damaged.");
  SnapshotStore snapshots(*root);
  snapshots.load(opened.database);
  SystemClock const system_clock;
  KioskClock clock(system_clock,
                   integer_setting(opened.database, "clock_difference_us").value_or(0));
  auto const newest = snapshots.view().newest();
  if (newest.us > 0) clock.at_least(newest);
  Contact contact;
  recall_contact(opened.database, contact);
  auto const credentials = credentials_of(opened.enrolment, opened.key, newest);
  look_up(credentials);
  HttpClient client(credentials, HttpClient::Names::known_only);
  DoorServer server(client, opened.enrolment.venue, probe_patience);
  probe(standing, server, clock, contact, *root, opened.enrolment.device);
  Door door(DoorParts{opened.database, opened.journal, server, clock, snapshots, contact,
                      opened.enrolment});
  standing.door = door.standing();
  add_tries(standing, opened.database, system_clock);
  add_journal(standing, opened);
  add_disk(standing, folder);
  standing.synced_within_a_day = is_synced_within_a_day(standing, clock.server_time());
  return standing;
}

}  // namespace kaiku::kiosk
