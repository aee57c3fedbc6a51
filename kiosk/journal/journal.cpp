#include "kiosk/journal/journal.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "kiosk/device/store.hpp"
#include "schema/codec/cbor.hpp"
#include "schema/codec/cose.hpp"
#include "schema/contract/attempt_key.hpp"
#include "schema/values/bytes.hpp"

namespace kaiku::kiosk {

namespace {

enum Kind : std::int64_t { kind_attempt = 1, kind_outcome = 2, kind_undo = 3, kind_resumed = 4 };

// Where the server's journal ends when it has more than the folder; "number hash why".
constexpr char const* resume_setting = "resume_behind";

std::int64_t kind_of(contract::JournalEntry const& entry) {
  if (std::holds_alternative<contract::Attempt>(entry.what)) return kind_attempt;
  if (std::holds_alternative<contract::Outcome>(entry.what)) return kind_outcome;
  return std::holds_alternative<contract::Undo>(entry.what) ? kind_undo : kind_resumed;
}

// The entry that this one speaks of; 0 for none.
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

// The server has more than the folder, or as much with another end.
bool is_behind(JournalHead const& folder, JournalHead const& server) {
  if (server.sequence != folder.sequence) return server.sequence > folder.sequence;
  return server.sequence > 0 && server.hash != folder.hash;
}

struct ServerHead {
  JournalHead head;
  contract::Resumed::Why why = contract::Resumed::Why::restored;
};

std::optional<ServerHead> server_head(Database& database) {
  auto const text = setting(database, resume_setting);
  if (!text) return std::nullopt;
  auto const first = text->find(' ');
  auto const second = text->find(' ', first + 1);
  auto const hash = from_hex(text->substr(first + 1, second - first - 1));
  ServerHead server;
  server.head.sequence = std::atoll(text->c_str());
  if (second == std::string::npos || !hash || hash->size() != server.head.hash.size()) {
    throw StorageFailure("The journal is damaged.");
  }
  std::copy(hash->begin(), hash->end(), server.head.hash.begin());
  if (text->substr(second + 1) == word_of(contract::Resumed::Why::doubled)) {
    server.why = contract::Resumed::Why::doubled;
  }
  return server;
}

}  // namespace

OwnCard own_card(Digest const& stretched) {
  auto const digest = crypto::sha256(bytes_of("own use"), stretched);
  OwnCard card{};
  std::copy_n(digest.begin(), card.size(), card.begin());
  return card;
}

Journal::Journal(Database& database, DeviceId device, crypto::P256PrivateKey const& device_key,
                 crypto::P256PublicKey const& sealing_key)
    : database_(database),
      device_(device),
      key_(device_key),
      public_key_(device_key.public_key()),
      sealing_key_(sealing_key) {}

contract::JournalEntry Journal::next_entry(Stamp const& stamp) {
  auto const last = head();
  auto const server = server_head(database_);
  if (!server || !is_behind(last, server->head)) return entry_behind(last, stamp);
  auto entry = entry_behind(server->head, stamp);
  entry.what = contract::Resumed{last.sequence, last.hash, server->why};
  insert(entry, true);
  return entry_behind(head(), stamp);
}

contract::JournalEntry Journal::entry_behind(JournalHead const& last, Stamp const& stamp) const {
  contract::JournalEntry entry;
  entry.device = device_;
  entry.sequence = last.sequence + 1;
  entry.previous = last.hash;
  entry.kiosk_time = stamp.kiosk_time;
  entry.clock_difference_us = stamp.clock_difference_us;
  entry.snapshot_sequence = stamp.snapshot_sequence;
  return entry;
}

void Journal::insert(contract::JournalEntry const& entry, bool told, ByteView sealed_card) {
  auto const signed_entry = contract::sign_journal_entry(entry, key_);
  auto const hash = crypto::sha256(contract::encode(entry));
  auto insert = database_.prepare(R"(
    INSERT INTO journal (sequence, kind, of_sequence, told, hash, signed, sealed)
    VALUES (?1, ?2, nullif(?3, 0), ?4, ?5, ?6, nullif(?7, x'')))");
  insert.bind(1, entry.sequence)
      .bind(2, kind_of(entry))
      .bind(3, names(entry))
      .bind(4, std::int64_t{told})
      .bind(5, ByteView(hash))
      .bind(6, ByteView(signed_entry))
      .bind(7, sealed_card)
      .step();
}

std::int64_t Journal::append_attempt(Stamp const& stamp, contract::Attempt attempt,
                                     std::string_view card) {
  Transaction writing(database_);
  auto entry = next_entry(stamp);
  auto const bound_to = contract::attempt_key(device_, entry.sequence);
  auto const sealed = crypto::seal_to(sealing_key_, bytes_of(bound_to), bytes_of(card));
  attempt.card_commitment = crypto::sha256(sealed);
  attempt.sealed_card.clear();
  entry.what = std::move(attempt);
  insert(entry, false, sealed);
  writing.commit();
  return entry.sequence;
}

std::int64_t Journal::append_outcome(Stamp const& stamp, contract::Outcome const& outcome,
                                     bool told, std::optional<GivenUse> const& use) {
  Transaction writing(database_);
  // Nothing comes between an attempt and its outcome: together they are told of, or found apart.
  auto const last = head();
  auto entry = last.sequence == outcome.of ? entry_behind(last, stamp) : next_entry(stamp);
  entry.what = outcome;
  insert(entry, told);
  if (told) {
    database_.prepare("UPDATE journal SET told = 1 WHERE sequence = ?1").bind(1, outcome.of).step();
  }
  // A refused card is nobody's; one that got tickets may have to be told again.
  if (!gave_tickets(outcome)) {
    database_.prepare("UPDATE journal SET sealed = NULL WHERE sequence = ?1")
        .bind(1, outcome.of)
        .step();
  }
  if (use) insert(outcome.of, *use);
  writing.commit();
  return entry.sequence;
}

std::int64_t Journal::append_undo(Stamp const& stamp, contract::Undo const& undo) {
  Transaction writing(database_);
  auto entry = next_entry(stamp);
  auto meant = undo;
  if (auto const hash = hash_at(undo.void_of)) meant.void_hash = contract::attempt_hash(*hash);
  entry.what = std::move(meant);
  insert(entry, false);
  database_.prepare("UPDATE own_use SET undone = 1 WHERE attempt = ?1")
      .bind(1, undo.void_of)
      .step();
  writing.commit();
  return entry.sequence;
}

JournalHead Journal::head() {
  auto row = database_.prepare("SELECT sequence, hash FROM journal ORDER BY sequence DESC LIMIT 1");
  if (!row.step()) return {};
  return {row.integer(0), digest_from(row.blob(1))};
}

std::optional<Digest> Journal::hash_at(std::int64_t sequence) {
  auto row = database_.prepare("SELECT hash FROM journal WHERE sequence = ?1");
  row.bind(1, sequence);
  if (!row.step()) return std::nullopt;
  return digest_from(row.blob(0));
}

void Journal::resume_behind(JournalHead const& server, contract::Resumed::Why why) {
  Transaction writing(database_);
  if (!is_behind(head(), server)) return;
  auto const before = server_head(database_);
  // Once told of a double, it stays one for this gap.
  bool const is_open = before && is_behind(head(), before->head);
  auto const told = is_open && before->why == contract::Resumed::Why::doubled ? before->why : why;
  set_setting(database_, resume_setting,
              std::to_string(server.sequence) + " " + to_hex(server.hash) + " " +
                  std::string(word_of(told)));
  writing.commit();
}

std::vector<MissingEntries> Journal::missing(std::size_t most) {
  std::vector<MissingEntries> gaps;
  auto const last = head();
  auto const server = server_head(database_);
  if (server && server->head.sequence > last.sequence) {
    gaps.push_back({last.sequence + 1, server->head.sequence});
  }
  auto rows = database_.prepare(R"(
    SELECT sequence, (SELECT ifnull(max(sequence), 0) FROM journal AS before WHERE before.sequence
      < resumed.sequence)
    FROM journal AS resumed
    WHERE kind = 4
    ORDER BY sequence DESC)");
  while (gaps.size() < most && rows.step()) {
    MissingEntries const gap{rows.integer(1) + 1, rows.integer(0) - 1};
    if (gap.from <= gap.to) gaps.push_back(gap);  // none where both had as much
  }
  std::ranges::reverse(gaps);
  // The door may have written while we read: what it has filled is no gap any more.
  for (std::size_t at = 1; at < gaps.size();) {
    bool const overlaps = gaps[at].from <= gaps[at - 1].to;
    if (overlaps) gaps.erase(gaps.begin() + static_cast<std::ptrdiff_t>(at));
    if (!overlaps) ++at;
  }
  return gaps;
}

std::int64_t Journal::queue() {
  auto row = database_.prepare("SELECT count(*) FROM journal WHERE told = 0 AND kind IN (1, 3)");
  row.step();
  return row.integer(0);
}

int Journal::close_open_attempts(Stamp const& stamp) {
  std::vector<std::int64_t> open;
  {
    auto rows = database_.prepare(R"(
      SELECT sequence
      FROM journal AS attempt
      WHERE kind = 1 AND acknowledged = 0 AND NOT EXISTS (SELECT 1 FROM journal WHERE kind = 2
        AND of_sequence = attempt.sequence)
      ORDER BY sequence)");
    while (rows.step()) open.push_back(rows.integer(0));
  }
  for (auto const attempt : open) {
    contract::Outcome not_confirmed;
    not_confirmed.of = attempt;
    append_outcome(stamp, not_confirmed, false);
  }
  return static_cast<int>(open.size());
}

std::vector<WaitingEntry> Journal::waiting(std::size_t most) {
  // Two connections write in turn, so an attempt may lie here while the door still decides it.
  auto rows = database_.prepare(R"(
    SELECT sequence, hash, signed, sealed, tries, kind = 1 AND NOT
      EXISTS (SELECT 1 FROM journal WHERE kind = 2 AND of_sequence = waiting.sequence)
    FROM journal AS waiting
    WHERE acknowledged = 0 AND refused IS NULL
    ORDER BY sequence LIMIT ?1)");
  rows.bind(1, static_cast<std::int64_t>(most));
  std::vector<WaitingEntry> entries;
  while (rows.step() && rows.integer(5) == 0) {
    entries.push_back({rows.integer(0), digest_from(rows.blob(1)), rows.blob(2), rows.blob(3),
                       static_cast<int>(rows.integer(4))});
  }
  return entries;
}

std::int64_t Journal::unacknowledged() {
  auto row = database_.prepare("SELECT count(*) FROM journal WHERE acknowledged = 0");
  row.step();
  return row.integer(0);
}

bool Journal::has_waiting() {
  auto row = database_.prepare(
      "SELECT EXISTS (SELECT 1 FROM journal WHERE acknowledged = 0 AND refused IS NULL)");
  row.step();
  return row.integer(0) != 0;
}

void Journal::acknowledge(std::vector<std::int64_t> const& sequences, bool quarantined, Day on) {
  Transaction writing(database_);
  for (auto const sequence : sequences) {
    database_
        .prepare(R"(
          UPDATE journal SET acknowledged = 1, told = 1, refused = NULL, quarantined = ?2,
            acknowledged_on = ?3
          WHERE sequence = ?1)")
        .bind(1, sequence)
        .bind(2, std::int64_t{quarantined})
        .bind(3, std::int64_t{on.value})
        .step();
  }
  writing.commit();
}

int Journal::send_all_again() {
  Transaction writing(database_);
  database_
      .prepare(R"(
        UPDATE journal SET acknowledged = 0, told = 0, tries = 0, quarantined = 0
        WHERE acknowledged = 1 AND signed IS NOT NULL)")
      .step();
  auto changed = database_.prepare("SELECT changes()");
  changed.step();
  auto const count = static_cast<int>(changed.integer(0));
  writing.commit();
  return count;
}

std::optional<JournalHead> Journal::newest_acknowledged() {
  auto row = database_.prepare(R"(
    SELECT sequence, hash
    FROM journal
    WHERE acknowledged = 1 AND signed IS NOT NULL
    ORDER BY sequence DESC LIMIT 1)");
  if (!row.step()) return std::nullopt;
  return JournalHead{row.integer(0), digest_from(row.blob(1))};
}

void Journal::ask_again() {
  database_.prepare("UPDATE journal SET acknowledged = 0 WHERE quarantined = 1").step();
  // An older server may have refused what a newer one takes.
  database_.prepare("UPDATE journal SET refused = NULL WHERE refused IS NOT NULL").step();
}

void Journal::forget_payloads(Day today) {
  database_
      .prepare(R"(
        UPDATE journal SET signed = NULL, sealed = NULL
        WHERE signed IS NOT NULL AND acknowledged = 1 AND quarantined = 0 AND
          acknowledged_on < ?1)")
      .bind(1, std::int64_t{today.value - days_payloads_are_kept})
      .step();
}

void Journal::note_try(std::vector<std::int64_t> const& sequences) {
  Transaction writing(database_);
  for (auto const sequence : sequences) {
    database_.prepare("UPDATE journal SET tries = tries + 1 WHERE sequence = ?1")
        .bind(1, sequence)
        .step();
  }
  writing.commit();
}

void Journal::note_refusal(std::int64_t sequence, std::string_view why) {
  database_.prepare("UPDATE journal SET refused = ?2 WHERE sequence = ?1 AND acknowledged = 0")
      .bind(1, sequence)
      .bind(2, why)
      .step();
}

void Journal::each(std::function<void(StoredEntry const&)> const& visit) {
  auto rows = database_.prepare(R"(
    SELECT sequence, told, acknowledged, tries, refused, hash, signed, sealed, quarantined, kind
    FROM journal
    ORDER BY sequence)");
  while (rows.step()) {
    visit({rows.integer(0), rows.integer(1) != 0, rows.integer(2) != 0, rows.integer(8) != 0,
           rows.integer(9) == kind_resumed, static_cast<int>(rows.integer(3)), rows.text(4),
           digest_from(rows.blob(5)), rows.blob(6), rows.blob(7)});
  }
}

// A signature that the server has seen need not be verified each time: the hash ties the payload.
Result<contract::JournalEntry> Journal::read(StoredEntry const& stored) const {
  if (!stored.acknowledged) return contract::verify_journal_entry(stored.signed_entry, public_key_);
  auto const message = cose::parse_sign1(stored.signed_entry, cbor::ledger_entry_limit);
  if (!message) return message.error();
  return contract::decode_journal_entry(message->payload);
}

std::optional<std::string> Journal::fault_of(StoredEntry const& stored,
                                             JournalHead const& last) const {
  if (stored.sequence != last.sequence + 1 && !stored.resumes) {
    return "entries before it are missing";
  }
  if (stored.signed_entry.empty()) return std::nullopt;
  auto const entry = read(stored);
  if (!entry) return "the signature is not this device's";
  if (entry->sequence != stored.sequence || entry->device != device_) return "it belongs elsewhere";
  if (auto const* resumed = std::get_if<contract::Resumed>(&entry->what)) {
    bool const follows = resumed->after == last.sequence && resumed->hash == last.hash;
    if (!follows) return "it does not follow the entry before it";
  } else if (entry->previous != last.hash) {
    return "it does not follow the entry before it";
  }
  if (crypto::sha256(contract::encode(*entry)) != stored.hash) {
    return "its hash is not the stored one";
  }
  if (stored.sealed_card.empty()) return std::nullopt;
  auto const* attempt = std::get_if<contract::Attempt>(&entry->what);
  if (!attempt || attempt->card_commitment != crypto::sha256(stored.sealed_card)) {
    return "the sealed card beside it is another one";
  }
  return std::nullopt;
}

std::optional<std::string> Journal::first_fault() {
  std::optional<std::string> fault;
  JournalHead last;
  each([&](StoredEntry const& stored) {
    if (fault) return;
    if (auto const found = fault_of(stored, last)) {
      fault = "journal entry " + std::to_string(stored.sequence) + ": " + *found;
    }
    last = {stored.sequence, stored.hash};
  });
  return fault;
}

}  // namespace kaiku::kiosk
