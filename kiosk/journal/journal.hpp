// What happened at this door, signed by the device and chained, durable before anything
// depends on it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/device/database.hpp"
#include "kiosk/device/stamp.hpp"
#include "schema/contract/journal_entry.hpp"
#include "schema/contract/venue_snapshot.hpp"

namespace kaiku::kiosk {

struct JournalHead {
  std::int64_t sequence = 0;  // 0: empty
  Digest hash{};
};

// Numbers that the server has of this journal and this folder has not.
struct MissingEntries {
  std::int64_t from = 0;
  std::int64_t to = 0;  // inclusive
};
// So long the server may be restored from a backup and ask for entries again.
inline constexpr int days_payloads_are_kept = 30;

// A card as this device's own uses know it: the first 16 bytes of SHA-256("own use" ‖ stretched
// code), so that a stolen kiosk gives no list of codes and an epoch's end forgets nothing.
// All zeros: a card whose salt the device did not know yet; equal to no other.
using OwnCard = ByteArray<16>;
OwnCard own_card(Digest const& stretched);

// What later decisions count of a use given here; it stays when the entries are dropped.
struct GivenUse {
  OwnCard card{};
  std::optional<EventId> event;
  Day day;
  Instant at;  // the server's time as well as we know it
  contract::Tickets tickets;
  bool card_was_unknown = false;  // genuine or typed, let in by the area's policy
};

// A use that gave tickets and may still be undone.
struct RecordedUse {
  std::int64_t attempt = 0;
  contract::Tickets tickets;
  Instant at;
};

// What the venue part of the snapshot does not count: uses of this device, undone ones left out.
struct OwnQuestion {
  OwnCard card{};
  std::optional<EventId> event;
  Day day;
  std::optional<contract::UseLimit> limit;
  Day valid_from;  // of the card, for a limit per validity period
};

// Which uses a decision can still ask for: those of today and two days before, and these.
struct KeptUses {
  Day today;                      // by the server's signed time
  std::vector<EventId> events;    // whose uses count whatever their day
  std::optional<Day> limit_from;  // of uses without an event: the venue's limit counts from here
};
inline constexpr int days_with_time = 2;
// The longest period that a limit counts by: a card's validity, and some days.
inline constexpr int longest_limit_days = 400;
// By what a venue's part lists and limits.
KeptUses kept_uses(contract::VenuePart const& venue, Day today);

// An entry on its way to the server.
struct WaitingEntry {
  std::int64_t sequence = 0;
  Digest hash{};
  Bytes signed_entry;
  // Of an attempt that gave tickets, else empty: also where the server was told of the use itself,
  // for it may have been restored from a backup since.
  Bytes sealed_card;
  int tries = 0;
};

struct StoredEntry {
  std::int64_t sequence = 0;
  bool told = false;          // the server has heard what the entry says, by whichever way
  bool acknowledged = false;  // the server has the entry itself
  bool quarantined = false;   // the server keeps it beside the journal, until somebody has ruled
  bool resumes = false;       // passes over numbers that this folder does not have
  int tries = 0;
  std::string refused;  // why the server would not take it; empty when it did or may
  Digest hash{};
  Bytes signed_entry;  // empty once dropped
  Bytes sealed_card;
};

// Belongs to one thread and its connection; two journals on two connections of one file may write
// in turn. Every append is committed with synchronous=FULL when it returns; all functions throw
// StorageFailure when the disk does not take it.
class Journal {
 public:
  Journal(Database& database, DeviceId device, crypto::P256PrivateKey const& device_key,
          crypto::P256PublicKey const& sealing_key);

  // Seals `card` (as scanned) to the server, bound to the attempt by its idempotency key as
  // additional data; the entry carries the commitment, the sealed card lies beside it.
  // Returns the attempt's sequence.
  std::int64_t append_attempt(Stamp const& stamp, contract::Attempt attempt, std::string_view card);
  // `told`: the server has heard of the attempt too, and it is marked so in the same transaction.
  // `use`: given with this outcome. The sealed card is dropped with it unless tickets were given.
  std::int64_t append_outcome(Stamp const& stamp, contract::Outcome const& outcome, bool told,
                              std::optional<GivenUse> const& use = std::nullopt);
  // The server has more of this journal than the folder, or as much with another end: the next
  // entry goes behind its newest, and says so first. Durable on return; else nothing.
  void resume_behind(JournalHead const& server, contract::Resumed::Why why);
  // The newest of such gaps, ascending, at most `most`; one that no entry stands behind yet too.
  std::vector<MissingEntries> missing(std::size_t most);
  // The hash of an entry of this folder.
  std::optional<Digest> hash_at(std::int64_t sequence);
  // The use counts no more from here on.
  std::int64_t append_undo(Stamp const& stamp, contract::Undo const& undo);

  JournalHead head();
  // Attempts and undos that the server has not heard of.
  std::int64_t queue();
  // At start: every attempt without an outcome gets `not_confirmed`. Returns how many.
  int close_open_attempts(Stamp const& stamp);
  // The newest uses that gave tickets and have no undo, newest first, at most `most`, back to the
  // first that was before `since`.
  std::vector<RecordedUse> latest_uses(Instant since, std::int64_t most);

  // Uses of this device. `quota_used` are the event's places that this device gave.
  contract::EarlierUses own_uses(OwnQuestion const& question);
  int own_places(EventId event);
  int unknown_cards_on(Day day);
  struct DayCount {
    int tickets = 0;
    int children = 0;
  };
  DayCount own_count_on(Day day);
  // What no decision can ask for any more goes; of what is older than two days the time of day
  // goes, for whoever finds this device must not read when a card was where.
  void forget_uses(KeptUses const& kept);

  // Entries that the server has not acknowledged nor refused, oldest first, at most `most`; ends
  // before an attempt whose outcome is still open.
  std::vector<WaitingEntry> waiting(std::size_t most);
  std::int64_t unacknowledged();
  // Entries on their way to the server, an attempt that is still decided among them.
  bool has_waiting();
  // The server has these entries: they are told. Payloads stay for thirty days from `on`; those of
  // the quarantine until somebody has ruled on them.
  void acknowledge(std::vector<std::int64_t> const& sequences, bool quarantined, Day on);
  // The server may have lost what it had (it was restored from a backup): what is still here waits
  // for it again; it knows what it has. Returns how many entries.
  int send_all_again();
  // The newest that the server has said to have, as long as its payload is here.
  std::optional<JournalHead> newest_acknowledged();
  // What lies in quarantine or was refused waits to be told again, so that the server can say what
  // became of it.
  void ask_again();
  void forget_payloads(Day today);
  void note_try(std::vector<std::int64_t> const& sequences);
  void note_refusal(std::int64_t sequence, std::string_view why);

  void each(std::function<void(StoredEntry const&)> const& visit);
  // Walks the whole chain: sequence without gaps, hashes, signatures, sealed cards. A dropped
  // payload is passed over; its hash still ties the next entry. The first fault in words.
  std::optional<std::string> first_fault();

 private:
  // The next entry, chained to the head; inside a transaction of the caller's.
  contract::JournalEntry next_entry(Stamp const& stamp);
  contract::JournalEntry entry_behind(JournalHead const& last, Stamp const& stamp) const;
  void insert(contract::JournalEntry const& entry, bool told, ByteView sealed_card = {});
  void insert(std::int64_t attempt, GivenUse const& use);
  Result<contract::JournalEntry> read(StoredEntry const& stored) const;
  std::optional<std::string> fault_of(StoredEntry const& stored, JournalHead const& last) const;

  Database& database_;
  DeviceId device_;
  crypto::P256PrivateKey key_;
  crypto::P256PublicKey public_key_;
  crypto::P256PublicKey sealing_key_;
};

}  // namespace kaiku::kiosk
