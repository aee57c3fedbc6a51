// What the peer tells its doors to work with, and what it takes in from them.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "schema/contract/cards_snapshot.hpp"
#include "schema/contract/problem_document.hpp"
#include "tests/support/kiosk_peer.hpp"

namespace kaiku::kiosk_tests {

namespace {

std::string text_in(Bytes const& bytes) { return std::string(text_of(bytes)); }

std::string key_of(std::int64_t attempt) {
  return "d:" + std::to_string(KioskPeer::device_id) + ":" + std::to_string(attempt);
}

// The number after `name` in a query; -1 without one.
std::int64_t number_after(std::string const& query, std::string const& name) {
  auto const at = query.find(name + "=");
  return at == std::string::npos ? -1 : std::stoll(query.substr(at + name.size() + 1));
}

bool gave(contract::Outcome const& outcome) {
  return outcome.answer == contract::Answer::ok || outcome.answer == contract::Answer::ok_offline;
}

}  // namespace

crypto::Ed25519PrivateKey const& KioskPeer::snapshot_key() const {
  return wrong_signature_ ? wrong_key_ : snapshot_key_;
}

Bytes KioskPeer::signed_key_list() const {
  auto const raw = [](crypto::Ed25519PrivateKey const& key) {
    auto const bytes = key.public_key().raw();
    return Bytes(bytes.begin(), bytes.end());
  };
  auto const point = sealing_key_.public_key().point();
  contract::KeyList list;
  list.version = key_list_version_;
  list.keys = {{contract::KeyUse::card, raw(card_key_), Instant{0}, {}},
               {contract::KeyUse::snapshot, raw(snapshot_key_), Instant{0}, {}},
               {contract::KeyUse::sealing, Bytes(point.begin(), point.end()), Instant{0}, {}}};
  list.stretches = {contract::ListedStretch::of(row_key_.stretch)};
  return contract::sign_key_list(list, root_);
}

KioskPeer::Answer KioskPeer::venue_part() {
  contract::VenuePart part;
  part.device = DeviceId{device_id};
  part.venue = VenueId{4};
  part.name = "Uimahalli Näsi";
  part.sector = *contract::sector_from(sector_);
  part.area = *AreaId::parse("PIR");
  part.sequence = sequence_;
  part.epoch = row_key_.epoch;
  part.issued_at = now();
  part.day = helsinki_day(now());
  contract::SnapshotEvent event;
  event.id = EventId{event_id};
  event.version = 1;
  event.title = {"Pieni merenneito", "Den lilla sjöjungfrun", "The Little Mermaid"};
  event.starts_at = start_of(part.day) + 18 * hour_us;
  event.ends_at = start_of(part.day + 1);  // it goes on whenever a test runs
  event.quota = 20;
  event.used_elsewhere = 14;
  part.events = {event};
  for (auto const& [code, card] : cards_) {
    if (!card.used_elsewhere) continue;
    part.uses.push_back({card.row, EventId{event_id}, 1, 0, true, now() + -hour_us});
  }
  part.override_reasons = {"left_and_returned", "scanned_twice", "other_person", "known_here",
                           "network_down"};
  part.undo_reasons = {"mistake"};
  part.key_list = signed_key_list();
  return {200, text_in(contract::sign_venue_part(part, snapshot_key()))};
}

KioskPeer::Answer KioskPeer::cards_part(std::string const& query) {
  auto const since = number_after(query, "since");
  bool const full = number_after(query, "epoch") != row_key_.epoch || since > sequence_;
  contract::CardsPart part;
  part.row_key = row_key_;
  part.base = full ? 0 : since;
  part.sequence = sequence_;
  part.issued_at = now();
  auto const today = helsinki_day(now());
  for (auto const& [code, card] : cards_) {
    if (card.changed_at <= part.base) continue;
    contract::CardRow row;
    row.hash = card.row;
    row.state = card.state;
    row.first_valid = today + -30;
    row.last_valid = today + 300;
    row.child_limit = card.child_limit;
    part.rows.push_back(row);
  }
  if (!full && part.rows.empty()) return {304, ""};
  std::ranges::sort(part.rows, {}, &contract::CardRow::hash);
  return {200, text_in(contract::sign_cards_part(part, snapshot_key()))};
}

void KioskPeer::refuse_entry(std::int64_t sequence) {
  std::lock_guard const hold(mutex_);
  refused_.insert(sequence);
}

void KioskPeer::fork_at(std::int64_t sequence) {
  std::lock_guard const hold(mutex_);
  forked_.insert(sequence);
}

std::map<std::int64_t, BookedEntry> KioskPeer::journal() {
  std::lock_guard const hold(mutex_);
  return journal_;
}

std::size_t KioskPeer::quarantined() {
  std::lock_guard const hold(mutex_);
  return quarantine_.size();
}

KioskPeer::Answer KioskPeer::take_in(contract::Json const& json) {
  auto const upload = contract::read_journal_upload(json);
  if (!upload) return {422, contract::problem_document(upload.error()).dump()};
  contract::JournalReply reply;
  for (auto const& uploaded : *upload) reply.entries.push_back(take_in(uploaded));
  while (journal_.contains(reply.contiguous_to + 1)) ++reply.contiguous_to;
  reply.server_time = now();
  if (confused_receipts_) std::ranges::for_each(reply.entries, [](auto& r) { r.hash[0] ^= 1; });
  return {200, contract::to_json(reply).dump()};
}

contract::EntryReceipt KioskPeer::take_in(contract::UploadedEntry const& uploaded) {
  using contract::EntryStanding;
  contract::EntryReceipt receipt;
  auto const entry = contract::verify_journal_entry(uploaded.signed_entry, *device_key_);
  receipt.standing = EntryStanding::refused;
  if (!entry || entry->device.value != device_id || refused_.contains(entry->sequence)) {
    return receipt;
  }
  receipt.sequence = entry->sequence;
  receipt.hash = crypto::sha256(contract::encode(*entry));
  auto const known = journal_.find(entry->sequence);
  if (known != journal_.end() && known->second.hash == receipt.hash) {
    ++known->second.times;
    receipt.standing = EntryStanding::repeated;
    return receipt;
  }
  bool const fork = known != journal_.end() || forked_.contains(entry->sequence);
  receipt.standing = fork ? EntryStanding::fork : EntryStanding::stored;
  if (revoked_) receipt.standing = EntryStanding::quarantined;
  if (receipt.standing == EntryStanding::stored)
    book(*entry, uploaded.sealed_card);
  else
    quarantine_[entry->sequence] = uploaded.signed_entry;
  return receipt;
}

void KioskPeer::book(contract::JournalEntry const& entry, ByteView sealed_card) {
  BookedEntry booked;
  booked.entry = entry;
  booked.hash = crypto::sha256(contract::encode(entry));
  booked.times = 1;
  if (auto const* attempt = std::get_if<contract::Attempt>(&entry.what)) {
    auto const key = key_of(entry.sequence);
    auto const opened = crypto::open_sealed(sealing_key_, bytes_of(key), sealed_card);
    if (opened && attempt->card_commitment == crypto::sha256(sealed_card)) {
      booked.card = std::string(text_of(*opened));
    }
  }
  journal_[entry.sequence] = std::move(booked);
}

bool KioskPeer::is_settled(std::string const& key) const {
  return std::ranges::any_of(journal_, [&](auto const& booked) {
    auto const* outcome = std::get_if<contract::Outcome>(&booked.second.entry.what);
    return outcome && key_of(outcome->of) == key;
  });
}

std::map<std::string, int> KioskPeer::counted_uses() const {
  std::map<std::string, int> uses;
  for (auto const& [key, reply] : by_key_) ++uses[key];
  for (auto const& [sequence, booked] : journal_) {
    auto const* outcome = std::get_if<contract::Outcome>(&booked.entry.what);
    if (outcome && gave(*outcome)) ++uses[key_of(outcome->of)];
  }
  for (auto const& [sequence, booked] : journal_) {
    auto const* outcome = std::get_if<contract::Outcome>(&booked.entry.what);
    if (outcome && !gave(*outcome)) uses.erase(key_of(outcome->of));
    auto const* undo = std::get_if<contract::Undo>(&booked.entry.what);
    if (undo) uses.erase(key_of(undo->void_of));
  }
  for (auto const& key : undone_) uses.erase(key);
  return uses;
}

std::size_t KioskPeer::uses() {
  std::lock_guard const hold(mutex_);
  return counted_uses().size();
}

std::map<std::string, int> KioskPeer::use_keys() {
  std::lock_guard const hold(mutex_);
  return counted_uses();
}

}  // namespace kaiku::kiosk_tests
