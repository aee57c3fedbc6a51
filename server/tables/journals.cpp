#include "server/tables/journals.hpp"

#include "schema/codec/cbor.hpp"
#include "schema/contract/attempt_key.hpp"
#include "server/keys/vault.hpp"
#include "server/tables/redemptions.hpp"

namespace kaiku::tables {
namespace {

constexpr char vault_quarantine[] = "vault_quarantine";
constexpr char vault_journal_card[] = "vault_journal_card";
constexpr std::int64_t outcome_kind = 2;
constexpr std::int64_t undo_kind = 3;
// A door online tells its journal within a second; an act takes two numbers.
constexpr std::int64_t numbers_ahead = 32;

TakenEntry taken_from(sql::Statement const& row) {
  return {row.integer(0), row.fixed<32>(1), contract::decode_journal_entry(row.blob(2)).value()};
}

QuarantinedEntry quarantined_from(sql::Statement const& row) {
  return {row.integer(0), row.integer(1), row.fixed<32>(2),
          static_cast<ledger::QuarantineReason>(row.small(3)), Instant{row.integer(4)}};
}

void tell_resumed(ledger::ReadTx& tx, DeviceId device, DeviceJournal& journal) {
  auto query = tx.prepare(R"(
    SELECT payload, taken_at_us, COUNT(*) OVER ()
    FROM journal_entry INDEXED BY journal_entry_resumed
    WHERE device_id = ?1 AND kind = 4
    ORDER BY sequence DESC LIMIT 1)");
  query.with(device);
  if (!query.step()) return;
  auto const entry = contract::decode_journal_entry(query.blob(0)).value();
  journal.resumed_why = std::get<contract::Resumed>(entry.what).why;
  journal.resumed_at = Instant{query.integer(1)};
  journal.resumed = query.integer(2);
}

keys::VaultPlace place_of_card(DeviceId device, std::int64_t attempt) {
  return {vault_journal_card, device.value, attempt};
}

}  // namespace

std::optional<TakenEntry> find_journal_entry(ledger::ReadTx& tx, DeviceId device,
                                             std::int64_t sequence) {
  auto query = tx.prepare(
      "SELECT seq, hash, payload FROM journal_entry WHERE device_id = ?1 AND sequence = ?2");
  query.with(device, sequence);
  if (!query.step()) return std::nullopt;
  return taken_from(query);
}

std::optional<Digest> hash_of_journal_entry(ledger::ReadTx& tx, DeviceId device,
                                            std::int64_t sequence) {
  auto query = tx.prepare("SELECT hash FROM journal_entry WHERE device_id = ?1 AND sequence = ?2");
  query.with(device, sequence);
  if (!query.step()) return std::nullopt;
  return query.fixed<32>(0);
}

std::optional<TakenEntry> outcome_of(ledger::ReadTx& tx, DeviceId device, std::int64_t attempt,
                                     Digest const& hash) {
  auto query = tx.prepare(R"(
    SELECT seq, hash, payload
    FROM journal_entry
    WHERE device_id = ?1 AND of_sequence = ?2 AND kind = ?3
    ORDER BY seq, sequence)");
  query.with(device, attempt, outcome_kind);
  while (query.step()) {
    auto taken = taken_from(query);
    bool const is_behind = taken.entry.sequence == attempt + 1;
    if (!is_behind || taken.entry.previous == hash) return taken;
  }
  return std::nullopt;
}

std::vector<TakenEntry> undos_of(ledger::ReadTx& tx, DeviceId device, std::int64_t attempt) {
  auto query = tx.prepare(R"(
    SELECT seq, hash, payload
    FROM journal_entry
    WHERE device_id = ?1 AND of_sequence = ?2 AND kind = ?3
    ORDER BY seq, sequence)");
  query.with(device, attempt, undo_kind);
  std::vector<TakenEntry> undos;
  while (query.step()) undos.push_back(taken_from(query));
  return undos;
}

std::vector<TakenEntry> told_of(ledger::ReadTx& tx, DeviceId device, std::int64_t attempt) {
  auto query = tx.prepare(R"(
    SELECT seq, hash, payload
    FROM journal_entry
    WHERE device_id = ?1 AND of_sequence = ?2
    ORDER BY seq, sequence)");
  query.with(device, attempt);
  std::vector<TakenEntry> told;
  while (query.step()) told.push_back(taken_from(query));
  return told;
}

DeviceJournal journal_of(ledger::ReadTx& tx, DeviceId device) {
  auto query = tx.prepare(R"(
    SELECT contiguous_to, highest, gap_since_us, broken_at, forks, quarantined,
      last_upload_at_us
    FROM device_journal
    WHERE device_id = ?1)");
  query.with(device);
  DeviceJournal journal;
  if (!query.step()) return journal;
  journal.contiguous_to = query.integer(0);
  journal.highest = query.integer(1);
  if (!query.is_null(2)) journal.gap_since = Instant{query.integer(2)};
  journal.broken_at = query.maybe_integer(3);
  journal.forks = query.integer(4);
  journal.quarantined = query.integer(5);
  journal.last_upload_at = Instant{query.integer(6)};
  tell_resumed(tx, device, journal);
  return journal;
}

JournalHead journal_head(ledger::ReadTx& tx, domain::Actor const& device) {
  JournalHead head;
  {
    auto query = tx.prepare(R"(
      SELECT highest, contiguous_to, (SELECT hash FROM journal_entry WHERE device_id = ?1 AND
        sequence = highest)
      FROM device_journal
      WHERE device_id = ?1)");
    query.with(device.id);
    if (query.step() && !query.is_null(2)) {
      head = {query.integer(0), query.integer(0), query.fixed<32>(2), query.integer(1)};
    }
  }
  for (auto n = head.highest + 1, end = n + numbers_ahead; n < end; ++n) {
    if (!find_redemption(tx, device, contract::attempt_key(DeviceId{device.id}, n))) continue;
    head.highest = n;
    end = n + numbers_ahead;
  }
  return head;
}

std::vector<QuarantinedEntry> quarantined_at(ledger::ReadTx& tx, DeviceId device,
                                             std::int64_t sequence) {
  auto query = tx.prepare(R"(
    SELECT seq, sequence, hash, reason, taken_at_us
    FROM quarantined_entry
    WHERE device_id = ?1 AND sequence = ?2
    ORDER BY +seq)");
  query.with(device, sequence);
  std::vector<QuarantinedEntry> entries;
  while (query.step()) entries.push_back(quarantined_from(query));
  return entries;
}

std::optional<QuarantinedEntry> find_quarantined(ledger::ReadTx& tx, DeviceId device,
                                                 std::int64_t sequence, Digest const& hash) {
  auto query = tx.prepare(R"(
    SELECT seq, sequence, hash, reason, taken_at_us
    FROM quarantined_entry
    WHERE device_id = ?1 AND sequence = ?2 AND hash = ?3)");
  query.with(device, sequence, ByteView(hash));
  if (!query.step()) return std::nullopt;
  return quarantined_from(query);
}

std::int64_t count_quarantined_since(ledger::ReadTx& tx, DeviceId device, Instant from) {
  auto query = tx.prepare(
      "SELECT COUNT(*) FROM quarantined_entry WHERE device_id = ?1 AND taken_at_us >= ?2");
  query.with(device, from);
  query.step();
  return query.integer(0);
}

std::int64_t count_waiting_from_quarantine(ledger::ReadTx& tx, domain::Actor const& device) {
  auto query = tx.prepare(R"(
    SELECT COUNT(*)
    FROM redemption
    WHERE actor = ?1 AND verdict = 'quarantined' AND accepted_seq IS NULL AND rejected_seq IS NULL
      AND undone_seq IS NULL)");
  query.with(device.packed());
  query.step();
  return query.integer(0);
}

std::vector<QuarantinedEntry> list_quarantined(ledger::ReadTx& tx, DeviceId device, Page page) {
  auto query = tx.prepare(R"(
    SELECT seq, sequence, hash, reason, taken_at_us
    FROM quarantined_entry
    WHERE device_id = ?1 AND seq > ?2
    ORDER BY seq LIMIT ?3)");
  query.with(device, page.after, page.limit);
  std::vector<QuarantinedEntry> entries;
  while (query.step()) entries.push_back(quarantined_from(query));
  return entries;
}

void put_in_quarantine(ledger::WriteTx& tx, std::int64_t seq, ByteView signed_entry,
                       ByteView sealed_card) {
  cbor::Writer writer;
  writer.array(2).bytes(signed_entry).bytes(sealed_card);
  auto const plain = std::move(writer).finish();
  auto const sealed = keys::vault_seal(tx.keys(), tx.random(), {vault_quarantine, seq}, plain);
  tx.prepare("INSERT INTO vault_quarantine (seq, sealed) VALUES (?1, ?2)").with(seq, sealed).run();
}

std::optional<QuarantinedBytes> bytes_in_quarantine(ledger::ReadTx& tx, std::int64_t seq) {
  auto query = tx.prepare("SELECT sealed FROM vault_quarantine WHERE seq = ?1");
  query.with(seq);
  if (!query.step()) return std::nullopt;
  auto const plain = keys::vault_open(tx.keys(), {vault_quarantine, seq}, query.blob(0));
  cbor::Reader reader(plain, 2 * cbor::ledger_entry_limit);
  reader.array().value();
  auto const signed_entry = reader.bytes().value();
  auto const sealed_card = reader.bytes().value();
  return QuarantinedBytes{Bytes(signed_entry.begin(), signed_entry.end()),
                          Bytes(sealed_card.begin(), sealed_card.end())};
}

void keep_card(ledger::WriteTx& tx, DeviceId device, std::int64_t attempt, std::string_view card) {
  auto const sealed =
      keys::vault_seal(tx.keys(), tx.random(), place_of_card(device, attempt), bytes_of(card));
  tx.prepare(R"(
      INSERT INTO vault_journal_card (device_id, sequence, sealed)
      VALUES (?1, ?2, ?3)
      ON CONFLICT DO NOTHING)")
      .with(device, attempt, sealed)
      .run();
}

std::optional<std::string> kept_card(ledger::ReadTx& tx, DeviceId device, std::int64_t attempt) {
  auto query =
      tx.prepare("SELECT sealed FROM vault_journal_card WHERE device_id = ?1 AND sequence = ?2");
  query.with(device, attempt);
  if (!query.step()) return std::nullopt;
  auto const plain = keys::vault_open(tx.keys(), place_of_card(device, attempt), query.blob(0));
  return std::string(text_of(plain));
}

void forget_card(ledger::WriteTx& tx, DeviceId device, std::int64_t attempt) {
  tx.prepare("DELETE FROM vault_journal_card WHERE device_id = ?1 AND sequence = ?2")
      .with(device, attempt)
      .run();
}

}  // namespace kaiku::tables
