// Brings the server what happened here and brings back what the door has to know; in rounds, so
// that a thread and a simulation can both drive it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/device/kiosk_clock.hpp"
#include "kiosk/journal/journal.hpp"
#include "kiosk/link/contact.hpp"
#include "kiosk/link/door_server.hpp"
#include "kiosk/snapshot/snapshot_store.hpp"

namespace kaiku::kiosk {

inline constexpr std::int64_t venue_every_us = 15 * second_us;
inline constexpr std::int64_t cards_every_us = 60 * second_us;
inline constexpr std::int64_t first_retry_us = second_us;
inline constexpr std::int64_t longest_retry_us = 8 * second_us;  // back within 10 s
inline constexpr std::int64_t renew_before_us = 10 * day_us;     // of 30
inline constexpr std::size_t entries_a_batch = 100;
// A queue at the door gives entries one by one: they go out together, this far apart.
inline constexpr std::int64_t uploads_apart_us = second_us / 2;
inline constexpr std::int64_t remember_every_us = minute_us;

// What the sync works with; all of it outlives the sync. One thread.
struct SyncParts {
  Database& database;
  Journal& journal;
  SnapshotStore& snapshots;
  DoorServer& server;
  Contact& contact;
  KioskClock& clock;
  crypto::P256PrivateKey const& key;
  DeviceId device;
  std::string door_ca;  // PEM: what a renewed certificate has to come from
  // Told of a renewed certificate (PEM) after it is stored.
  std::function<void(std::string const&)> use_certificate;
  // Asks the server something with a renewed certificate, before the old one is given up: whether
  // it got in. Empty: it is taken at its word.
  std::function<bool(std::string const&)> try_certificate{};
  // Whether the same server answers at this address, and from now on it is asked there. Empty: the
  // kiosk stays where it is.
  std::function<bool(std::string const& url)> move_to{};
};

class Sync {
 public:
  Sync(SyncParts const& parts, std::string const& certificate);

  // One round of what is due: venue part, journal, cards part, certificate. Never throws for what
  // the network does; StorageFailure for the disk. Returns how long to rest, in microseconds.
  std::int64_t step();
  // Everything now, whatever is due (`kaiku-kiosk sync`): true when nothing is left to tell and the
  // snapshot is current.
  bool run_to_end(int most_rounds);

 private:
  // not_now: the server was reached, but this part has to wait. lost: the round is over.
  enum class Went { well, not_now, lost };

  bool round();
  Went fetch_venue();
  Went take_venue(SignedPart const& part, std::int64_t asked_at_us);
  // Once a run and day: what nothing asks for any more goes.
  void tidy_journal(contract::VenuePart const& venue);
  // Once a run and day: what has become of the entries that the server keeps beside the journal.
  void ask_for_rulings(Day today);
  // The folder against what the server has of it: behind after it was restored or copied, and ahead
  // after the server was restored.
  void compare_journal(JournalKnown const& server);
  // The server has another address for doors than the one it was asked at.
  void follow(std::string const& url);
  void send_all_again();
  void server_has(std::int64_t contiguous_to);
  // Whether a folder that is found behind, or with another story, has a double.
  contract::Resumed::Why judge_folder() const;
  void found_folder(contract::Resumed::Why why, JournalKnown const& server);
  std::string missing_entries();
  std::string told_entry();
  // For whoever looks after the devices: our clock, and what waits here.
  std::string said_of_us();
  Went renew_first();
  Went upload_journal();
  Went upload(std::vector<WaitingEntry> const& batch);
  Went uploaded(std::vector<WaitingEntry> const& batch, contract::JournalReply const& reply);
  Went not_uploaded(std::vector<WaitingEntry> const& batch, ServerRefusal const& refusal);
  Went fetch_cards();
  Went fetch_cards(std::optional<DoorServer::CardsKnown> const& known);
  Went renew_certificate();
  Went use_renewed(std::string const& certificate);
  // By the server's clock and by ours: one that is days ahead for an hour must not shut us out.
  bool is_valid_now(Instant not_before) const;
  // What any call may get instead of its answer.
  Went judge(ServerRefusal const& refusal);
  Went failed(std::string const& why);
  Went put_off_upload(std::string const& why, std::optional<int> retry_after_s,
                      std::int64_t longest_us = hour_us);

  bool renewal_is_due() const;
  bool is_in_trouble(Trouble trouble) const;
  bool is_expired() const;
  void find_trouble(Trouble trouble);
  void heard();
  void try_again_later();
  void remember();
  std::int64_t rest_us() const;
  std::int64_t now_us() const { return parts_.clock.monotonic_us(); }
  Instant server_now() const { return parts_.clock.server_time(); }
  void server_said(Instant server_time, std::int64_t asked_at_us);

  SyncParts parts_;
  std::optional<Instant> certificate_until_;
  bool was_online_ = false;
  bool venue_is_current_ = false;
  bool cards_are_current_ = false;
  bool more_waits_ = false;
  std::size_t batch_most_ = entries_a_batch;
  std::string upload_fault_;
  std::uint64_t losses_at_start_ = 0;
  std::int64_t began_us_ = 0;
  std::optional<Day> forgot_on_;
  std::optional<Day> asked_for_rulings_on_;
  std::int64_t next_move_us_ = 0;
  bool agreed_ = false;    // in this run the two journals were compared before
  bool sent_all_ = false;  // in this run, because the folder was behind
  std::int64_t next_venue_us_ = 0;
  std::int64_t next_cards_us_ = 0;
  std::int64_t next_upload_us_ = 0;
  std::int64_t next_renewal_us_ = 0;
  std::int64_t retry_us_ = first_retry_us;
  std::int64_t retry_at_us_ = 0;
  std::int64_t tries_ = 0;  // spreads the retries of many devices
  // What the settings hold, so that they are written seldom.
  struct Remembered {
    std::int64_t at_us = 0;
    std::int64_t difference_us = 0;
    bool online = false;
    int failed_tries = 0;
    Trouble trouble = Trouble::none;
    bool ever = false;
  };
  Remembered remembered_;
};

}  // namespace kaiku::kiosk
