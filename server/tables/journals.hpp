// Doors' journals as they arrived: entries, how complete each journal is, what lies in quarantine,
// and cards that wait for the outcome of their attempt.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/contract/journal_entry.hpp"
#include "server/ledger/entries.hpp"
#include "server/ledger/transactions.hpp"
#include "server/tables/network.hpp"

namespace kaiku::tables {

struct TakenEntry {
  std::int64_t seq = 0;  // of the ledger entry that took it in
  Digest hash{};         // SHA-256 of the payload
  contract::JournalEntry entry;
};

std::optional<TakenEntry> find_journal_entry(ledger::ReadTx& tx, DeviceId device,
                                             std::int64_t sequence);
// Without decoding it.
std::optional<Digest> hash_of_journal_entry(ledger::ReadTx& tx, DeviceId device,
                                            std::int64_t sequence);
// The outcome of an attempt that arrived first: later ones are kept and change nothing. `hash`: of
// the attempt's entry; what stands right behind another attempt of this number is not its outcome.
std::optional<TakenEntry> outcome_of(ledger::ReadTx& tx, DeviceId device, std::int64_t attempt,
                                     Digest const& hash);
// In order of arrival.
std::vector<TakenEntry> undos_of(ledger::ReadTx& tx, DeviceId device, std::int64_t attempt);
// Outcomes and undos that name the attempt, in order of arrival: from the first on the journal
// alone says what became of it.
std::vector<TakenEntry> told_of(ledger::ReadTx& tx, DeviceId device, std::int64_t attempt);

// How complete a journal is; zeros for a device that has sent none.
struct DeviceJournal {
  std::int64_t contiguous_to = 0;  // every entry up to here has arrived
  std::int64_t highest = 0;
  std::optional<Instant> gap_since;       // when the first entry beyond contiguous_to came
  std::optional<std::int64_t> broken_at;  // the first entry whose `previous` does not fit
  std::int64_t forks = 0;
  std::int64_t quarantined = 0;           // forks included
  std::optional<Instant> last_upload_at;  // that brought something new
  // Of the newest entry that says that the folder was behind: it was restored, or has a double.
  std::optional<Instant> resumed_at;
  contract::Resumed::Why resumed_why = contract::Resumed::Why::restored;
  std::int64_t resumed = 0;  // how often
};
DeviceJournal journal_of(ledger::ReadTx& tx, DeviceId device);
// The newest number that is known of, by its entry or by a use that was made online and whose entry
// is on its way, and up to where nothing is missing; zeros when nothing has arrived.
struct JournalHead {
  std::int64_t highest = 0;
  std::int64_t entry = 0;  // the newest entry that has arrived
  Digest hash{};           // of that entry
  std::int64_t contiguous_to = 0;
};
JournalHead journal_head(ledger::ReadTx& tx, domain::Actor const& device);

struct QuarantinedEntry {
  std::int64_t seq = 0;  // of the ledger entry
  std::int64_t sequence = 0;
  Digest hash{};
  ledger::QuarantineReason reason = ledger::QuarantineReason::fork;
  Instant taken_at;
};
std::optional<QuarantinedEntry> find_quarantined(ledger::ReadTx& tx, DeviceId device,
                                                 std::int64_t sequence, Digest const& hash);
// In order of arrival; more than one of a number when it was told in several ways.
std::vector<QuarantinedEntry> quarantined_at(ledger::ReadTx& tx, DeviceId device,
                                             std::int64_t sequence);
std::int64_t count_quarantined_since(ledger::ReadTx& tx, DeviceId device, Instant from);
// Uses of the device's quarantine that nobody has ruled on.
std::int64_t count_waiting_from_quarantine(ledger::ReadTx& tx, domain::Actor const& device);
// By arrival; the page's ids are ledger sequences.
std::vector<QuarantinedEntry> list_quarantined(ledger::ReadTx& tx, DeviceId device, Page page);
// What the ledger entry `seq` (JournalQuarantined) stands for: the entry as signed, and the sealed
// card that came with it.
void put_in_quarantine(ledger::WriteTx& tx, std::int64_t seq, ByteView signed_entry,
                       ByteView sealed_card);
struct QuarantinedBytes {
  Bytes signed_entry;
  Bytes sealed_card;
};
// Throws StorageError when the row does not open.
std::optional<QuarantinedBytes> bytes_in_quarantine(ledger::ReadTx& tx, std::int64_t seq);

// The card of an attempt, as scanned, until its use is judged. Keeping it again changes nothing.
void keep_card(ledger::WriteTx& tx, DeviceId device, std::int64_t attempt, std::string_view card);
std::optional<std::string> kept_card(ledger::ReadTx& tx, DeviceId device, std::int64_t attempt);
void forget_card(ledger::WriteTx& tx, DeviceId device, std::int64_t attempt);

}  // namespace kaiku::tables
