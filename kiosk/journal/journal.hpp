// What happened at this door, signed by the device and chained, durable before anything
// depends on it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/journal/database.hpp"
#include "schema/contract/journal_entry.hpp"

namespace kaiku::kiosk {

// The times that an entry carries. Microseconds.
struct Stamp {
  Instant kiosk_time;
  std::int64_t clock_difference_us = 0;
  std::int64_t snapshot_sequence = 0;
};

struct JournalHead {
  std::int64_t sequence = 0;  // 0: empty
  Digest hash{};
};

// A use that gave tickets and may still be undone.
struct RecordedUse {
  std::int64_t attempt = 0;
  std::optional<RedemptionId> redemption;
  contract::Tickets tickets;
  Instant kiosk_time;
};

struct PendingUndo {
  std::int64_t sequence = 0;
  RedemptionId redemption;
  std::string reason;
};

struct StoredEntry {
  std::int64_t sequence = 0;
  bool told = false;
  Digest hash{};
  Bytes signed_entry;  // empty once acknowledged and dropped
};

// Belongs to one thread. Every append is committed with synchronous=FULL when it returns; all
// functions throw StorageFailure when the disk does not take it.
class Journal {
 public:
  Journal(Database& database, DeviceId device, crypto::P256PrivateKey const& device_key,
          crypto::P256PublicKey const& sealing_key);

  // Seals `card` (as scanned) to the server into the attempt; the sealing is bound to the attempt
  // by its idempotency key as additional data. Returns the attempt's sequence.
  std::int64_t append_attempt(Stamp const& stamp, contract::Attempt attempt,
                              std::string_view card);
  // `told`: the server has heard of the attempt too, and it is marked so in the same transaction.
  std::int64_t append_outcome(Stamp const& stamp, contract::Outcome const& outcome, bool told);
  std::int64_t append_undo(Stamp const& stamp, contract::Undo const& undo);
  void mark_told(std::int64_t sequence);

  JournalHead head();
  // Attempts and undos that the server has not heard of.
  std::int64_t queue();
  // At start: every attempt without an outcome gets `not_confirmed`. Returns how many.
  int close_open_attempts(Stamp const& stamp);
  // The newest use that gave tickets at or after `since` and has no undo.
  std::optional<RecordedUse> latest_use(Instant since);
  // Undos not yet told, oldest first, of uses that the server has recorded.
  std::vector<PendingUndo> pending_undos();
  void each(std::function<void(StoredEntry const&)> const& visit);
  // Walks the whole chain: sequence without gaps, hashes, signatures. The first fault in words.
  std::optional<std::string> first_fault();

 private:
  std::int64_t append(Stamp const& stamp, contract::JournalEntry entry, bool told);
  std::optional<contract::JournalEntry> open(Bytes const& signed_entry);

  Database& database_;
  DeviceId device_;
  crypto::P256PrivateKey key_;
  crypto::P256PublicKey public_key_;
  crypto::P256PublicKey sealing_key_;
};

// d:<device>:<attempt>: the key of a use online and in the journal alike.
std::string idempotency_key(DeviceId device, std::int64_t attempt);

}  // namespace kaiku::kiosk
