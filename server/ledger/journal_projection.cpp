#include "server/ledger/journal_projection.hpp"

#include <algorithm>
#include <stdexcept>

#include "schema/codec/cbor.hpp"
#include "schema/codec/cose.hpp"
#include "schema/contract/journal_entry.hpp"
#include "schema/crypto/crypto.hpp"

namespace kaiku::ledger {
namespace {

struct JournalRow {
  std::int64_t contiguous_to = 0;
  std::int64_t highest = 0;
  std::optional<std::int64_t> gap_since_us;
  std::optional<std::int64_t> broken_at;
  std::int64_t forks = 0;
  std::int64_t quarantined = 0;
};

JournalRow read_journal(sql::Connection& db, DeviceId device) {
  auto query = db.prepare(R"(
    SELECT contiguous_to, highest, gap_since_us, broken_at, forks, quarantined
    FROM device_journal
    WHERE device_id = ?1)");
  query.with(device);
  if (!query.step()) return {};
  return {query.integer(0),       query.integer(1), query.maybe_integer(2),
          query.maybe_integer(3), query.integer(4), query.integer(5)};
}

void write_journal(sql::Connection& db, Applied const& r, DeviceId device, JournalRow const& row) {
  db.prepare(R"(
      INSERT INTO device_journal (device_id, contiguous_to, highest, gap_since_us, broken_at,
        forks, quarantined, last_upload_at_us)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      ON CONFLICT (device_id)
      DO UPDATE SET contiguous_to = ?2, highest = ?3, gap_since_us = ?4, broken_at = ?5, forks
        = ?6, quarantined = ?7, last_upload_at_us = ?8)")
      .with(device, row.contiguous_to, row.highest, row.gap_since_us, row.broken_at, row.forks,
            row.quarantined, r.recorded_at)
      .run();
}

// The kind's number of journal_entry.cddl, and the attempt that the entry names.
struct Naming {
  std::int64_t kind = 1;
  std::optional<std::int64_t> of;
};
Naming naming_of(contract::JournalEntry const& entry) {
  if (auto const* outcome = std::get_if<contract::Outcome>(&entry.what)) return {2, outcome->of};
  if (auto const* undo = std::get_if<contract::Undo>(&entry.what)) return {3, undo->void_of};
  if (std::holds_alternative<contract::Resumed>(entry.what)) return {4, std::nullopt};
  return {};
}

std::optional<Digest> digest_at(sql::Connection& db, std::string_view sql, DeviceId device,
                                std::int64_t sequence) {
  auto query = db.prepare(sql);
  query.with(device, sequence);
  if (!query.step()) return std::nullopt;
  return query.fixed<32>(0);
}

// The first of the two joints beside an entry that does not fit, as far as the neighbours are here.
std::optional<std::int64_t> break_at(sql::Connection& db, contract::JournalEntry const& entry,
                                     Digest const& hash) {
  static constexpr std::string_view hash_sql =
      "SELECT hash FROM journal_entry WHERE device_id = ?1 AND sequence = ?2";
  static constexpr std::string_view previous_sql =
      "SELECT previous FROM journal_entry WHERE device_id = ?1 AND sequence = ?2";
  auto const before = entry.sequence == 1
                          ? std::optional<Digest>(Digest{})
                          : digest_at(db, hash_sql, entry.device, entry.sequence - 1);
  if (before && *before != entry.previous) return entry.sequence;
  // Not sequence + 1: the highest number there is has none after it.
  auto const next = entry.sequence < INT64_MAX
                        ? digest_at(db, previous_sql, entry.device, entry.sequence + 1)
                        : std::nullopt;
  if (next && *next != hash) return entry.sequence + 1;
  return std::nullopt;
}

void add_entry(sql::Connection& db, Applied const& r, JournalRow& journal, ByteView signed_entry) {
  auto const message = cose::parse_sign1(signed_entry, cbor::ledger_entry_limit);
  if (!message) throw std::runtime_error("an entry of a journal is not signed as it has to be");
  auto const entry = contract::decode_journal_entry(message->payload);
  if (!entry) throw std::runtime_error("an entry of a journal does not decode");
  auto const hash = crypto::sha256(message->payload);
  auto const naming = naming_of(*entry);
  db.prepare(R"(
      INSERT INTO journal_entry (device_id, sequence, seq, kind, of_sequence, hash, previous,
        taken_at_us, payload)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9))")
      .with(entry->device, entry->sequence, r.sequence, naming.kind, naming.of, ByteView(hash),
            ByteView(entry->previous), r.recorded_at, message->payload)
      .run();
  journal.highest = std::max(journal.highest, entry->sequence);
  if (auto const broken = break_at(db, *entry, hash)) {
    journal.broken_at = std::min(*broken, journal.broken_at.value_or(*broken));
  }
}

// The mark of a gap closes itself: it stands where entries wait beyond a missing one.
void close_gap(sql::Connection& db, DeviceId device, JournalRow& journal) {
  auto const before = journal.contiguous_to;
  {
    auto query = db.prepare(R"(
      SELECT sequence
      FROM journal_entry
      WHERE device_id = ?1 AND sequence > ?2
      ORDER BY sequence)");
    query.with(device, journal.contiguous_to);
    while (query.step() && query.integer(0) == journal.contiguous_to + 1) ++journal.contiguous_to;
  }
  if (journal.contiguous_to == journal.highest) {
    journal.gap_since_us.reset();
  } else if (!journal.gap_since_us || journal.contiguous_to != before) {
    auto query = db.prepare(
        "SELECT MIN(taken_at_us) FROM journal_entry WHERE device_id = ?1 AND sequence > ?2");
    query.with(device, journal.contiguous_to);
    query.step();
    journal.gap_since_us = query.maybe_integer(0);
  }
}

}  // namespace

void apply_taken(sql::Connection& connection, Applied const& recorded, JournalTaken const& taken) {
  auto journal = read_journal(connection, taken.device);
  for (auto const& entry : taken.entries) add_entry(connection, recorded, journal, entry);
  if (taken.private_entries) {
    for (auto const& entry : *taken.private_entries) {
      add_entry(connection, recorded, journal, entry);
    }
  }
  close_gap(connection, taken.device, journal);
  write_journal(connection, recorded, taken.device, journal);
}

void apply_quarantined(sql::Connection& connection, Applied const& recorded,
                       JournalQuarantined const& quarantined) {
  connection
      .prepare(R"(
        INSERT INTO quarantined_entry (device_id, sequence, hash, seq, reason, taken_at_us)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6))")
      .with(quarantined.device, quarantined.journal_sequence, ByteView(quarantined.hash),
            recorded.sequence, quarantined.reason, recorded.recorded_at)
      .run();
  auto journal = read_journal(connection, quarantined.device);
  ++journal.quarantined;
  if (quarantined.reason == QuarantineReason::fork) ++journal.forks;
  write_journal(connection, recorded, quarantined.device, journal);
}

}  // namespace kaiku::ledger
