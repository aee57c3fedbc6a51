#include "kiosk/journal/journal.hpp"

#include <algorithm>
#include <utility>

#include "schema/contract/bytes.hpp"

namespace kaiku::kiosk {

namespace {

enum Kind : std::int64_t { kind_attempt = 1, kind_outcome = 2, kind_undo = 3 };

std::int64_t kind_of(contract::JournalEntry const& entry) {
  if (std::holds_alternative<contract::Attempt>(entry.what)) return kind_attempt;
  return std::holds_alternative<contract::Outcome>(entry.what) ? kind_outcome : kind_undo;
}

// The entry that this one speaks of; 0 for an attempt.
std::int64_t names(contract::JournalEntry const& entry) {
  if (auto const* outcome = std::get_if<contract::Outcome>(&entry.what)) return outcome->of;
  if (auto const* undo = std::get_if<contract::Undo>(&entry.what)) return undo->void_of;
  return 0;
}

Digest digest_from(Bytes const& bytes) {
  Digest digest{};
  if (bytes.size() != digest.size()) throw StorageFailure("The journal is damaged.");
  std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

bool gave_tickets(contract::Outcome const& outcome) {
  return outcome.answer == contract::Answer::ok || outcome.answer == contract::Answer::ok_offline;
}

}  // namespace

std::string idempotency_key(DeviceId device, std::int64_t attempt) {
  return "d:" + std::to_string(device.value) + ":" + std::to_string(attempt);
}

Journal::Journal(Database& database, DeviceId device, crypto::P256PrivateKey const& device_key,
                 crypto::P256PublicKey const& sealing_key)
    : database_(database),
      device_(device),
      key_(device_key),
      public_key_(device_key.public_key()),
      sealing_key_(sealing_key) {}

std::int64_t Journal::append(Stamp const& stamp, contract::JournalEntry entry, bool told) {
  entry.device = device_;
  entry.kiosk_time = stamp.kiosk_time;
  entry.clock_difference_us = stamp.clock_difference_us;
  entry.snapshot_sequence = stamp.snapshot_sequence;
  auto const signed_entry = contract::sign_journal_entry(entry, key_);
  auto const hash = crypto::sha256(contract::encode(entry));
  auto insert = database_.prepare(
      "INSERT INTO journal (sequence, kind, of_sequence, told, hash, signed)"
      " VALUES (?1, ?2, nullif(?3, 0), ?4, ?5, ?6)");
  insert.bind(1, entry.sequence)
      .bind(2, kind_of(entry))
      .bind(3, names(entry))
      .bind(4, std::int64_t{told})
      .bind(5, ByteView(hash))
      .bind(6, ByteView(signed_entry))
      .step();
  return entry.sequence;
}

std::int64_t Journal::append_attempt(Stamp const& stamp, contract::Attempt attempt,
                                     std::string_view card) {
  Transaction writing(database_);
  auto const last = head();
  contract::JournalEntry entry;
  entry.sequence = last.sequence + 1;
  entry.previous = last.hash;
  auto const bound_to = idempotency_key(device_, entry.sequence);
  attempt.sealed_card = crypto::seal_to(sealing_key_, bytes_of(bound_to), bytes_of(card));
  entry.what = std::move(attempt);
  auto const sequence = append(stamp, std::move(entry), false);
  writing.commit();
  return sequence;
}

std::int64_t Journal::append_outcome(Stamp const& stamp, contract::Outcome const& outcome,
                                     bool told) {
  Transaction writing(database_);
  auto const last = head();
  contract::JournalEntry entry;
  entry.sequence = last.sequence + 1;
  entry.previous = last.hash;
  entry.what = outcome;
  auto const sequence = append(stamp, std::move(entry), true);
  if (told) mark_told(outcome.of);
  writing.commit();
  return sequence;
}

std::int64_t Journal::append_undo(Stamp const& stamp, contract::Undo const& undo) {
  Transaction writing(database_);
  auto const last = head();
  contract::JournalEntry entry;
  entry.sequence = last.sequence + 1;
  entry.previous = last.hash;
  entry.what = undo;
  auto const sequence = append(stamp, std::move(entry), false);
  writing.commit();
  return sequence;
}

void Journal::mark_told(std::int64_t sequence) {
  database_.prepare("UPDATE journal SET told = 1 WHERE sequence = ?1").bind(1, sequence).step();
}

JournalHead Journal::head() {
  auto row = database_.prepare("SELECT sequence, hash FROM journal ORDER BY sequence DESC LIMIT 1");
  if (!row.step()) return {};
  return {row.integer(0), digest_from(row.blob(1))};
}

std::int64_t Journal::queue() {
  auto row = database_.prepare("SELECT count(*) FROM journal WHERE told = 0");
  row.step();
  return row.integer(0);
}

int Journal::close_open_attempts(Stamp const& stamp) {
  std::vector<std::int64_t> open;
  {
    auto rows = database_.prepare(
        "SELECT sequence FROM journal AS attempt WHERE kind = 1 AND told = 0 AND NOT EXISTS"
        " (SELECT 1 FROM journal WHERE kind = 2 AND of_sequence = attempt.sequence)"
        " ORDER BY sequence");
    while (rows.step()) open.push_back(rows.integer(0));
  }
  for (auto const attempt : open) {
    contract::Outcome not_confirmed;
    not_confirmed.of = attempt;
    append_outcome(stamp, not_confirmed, false);
  }
  return static_cast<int>(open.size());
}

std::optional<contract::JournalEntry> Journal::open(Bytes const& signed_entry) {
  auto entry = contract::verify_journal_entry(signed_entry, public_key_);
  if (!entry) return std::nullopt;
  return *entry;
}

std::optional<RecordedUse> Journal::latest_use(Instant since) {
  auto rows = database_.prepare(
      "SELECT outcome.signed, attempt.signed FROM journal AS outcome"
      " JOIN journal AS attempt ON attempt.sequence = outcome.of_sequence"
      " WHERE outcome.kind = 2 AND NOT EXISTS"
      " (SELECT 1 FROM journal WHERE kind = 3 AND of_sequence = attempt.sequence)"
      " ORDER BY outcome.sequence DESC");
  while (rows.step()) {
    auto const entry = open(rows.blob(0));
    if (!entry || entry->kiosk_time < since) return std::nullopt;
    auto const& outcome = std::get<contract::Outcome>(entry->what);
    if (!gave_tickets(outcome)) continue;
    auto const attempt = open(rows.blob(1));
    if (!attempt) return std::nullopt;
    return RecordedUse{outcome.of, outcome.redemption,
                       std::get<contract::Attempt>(attempt->what).tickets, entry->kiosk_time};
  }
  return std::nullopt;
}

std::vector<PendingUndo> Journal::pending_undos() {
  auto rows = database_.prepare(
      "SELECT undo.sequence, undo.signed, outcome.signed FROM journal AS undo"
      " JOIN journal AS outcome ON outcome.kind = 2 AND outcome.of_sequence = undo.of_sequence"
      " WHERE undo.kind = 3 AND undo.told = 0 ORDER BY undo.sequence");
  std::vector<PendingUndo> pending;
  while (rows.step()) {
    auto const undo = open(rows.blob(1));
    auto const outcome = open(rows.blob(2));
    if (!undo || !outcome) continue;
    auto const redemption = std::get<contract::Outcome>(outcome->what).redemption;
    if (!redemption) continue;
    pending.push_back(
        {rows.integer(0), *redemption, std::get<contract::Undo>(undo->what).reason});
  }
  return pending;
}

void Journal::each(std::function<void(StoredEntry const&)> const& visit) {
  auto rows =
      database_.prepare("SELECT sequence, told, hash, signed FROM journal ORDER BY sequence");
  while (rows.step()) {
    visit({rows.integer(0), rows.integer(1) != 0, digest_from(rows.blob(2)), rows.blob(3)});
  }
}

std::optional<std::string> Journal::first_fault() {
  std::optional<std::string> fault;
  JournalHead last;
  each([&](StoredEntry const& stored) {
    if (fault) return;
    auto const here = "journal entry " + std::to_string(stored.sequence);
    if (stored.sequence != last.sequence + 1) fault = here + ": entries before it are missing";
    if (!fault && !stored.signed_entry.empty()) {
      auto const entry = open(stored.signed_entry);
      if (!entry) {
        fault = here + ": the signature is not this device's";
      } else if (entry->sequence != stored.sequence || entry->device != device_) {
        fault = here + ": it belongs elsewhere";
      } else if (entry->previous != last.hash) {
        fault = here + ": it does not follow the entry before it";
      } else if (crypto::sha256(contract::encode(*entry)) != stored.hash) {
        fault = here + ": its hash is not the stored one";
      }
    }
    last = {stored.sequence, stored.hash};
  });
  return fault;
}

}  // namespace kaiku::kiosk
