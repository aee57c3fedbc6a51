// A door's journal as a kiosk writes it: signed, chained, cards sealed to the server. For tests of
// the side that takes it in.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "schema/codec/cbor.hpp"
#include "schema/codec/cose.hpp"
#include "schema/contract/journal_entry.hpp"
#include "schema/contract/journal_upload.hpp"
#include "schema/crypto/crypto.hpp"

namespace kaiku::test {

inline contract::Attempt asking(contract::Tickets tickets = {.adult = 1},
                                std::optional<EventId> event = std::nullopt) {
  contract::Attempt what;
  what.tickets = tickets;
  what.event = event;
  return what;
}

class JournalMaker {
 public:
  JournalMaker(crypto::P256PrivateKey key, DeviceId device, crypto::P256PublicKey sealing)
      : key_(std::move(key)), device_(device), sealing_(std::move(sealing)) {}

  // What the kiosk's clock shows, and how far it knows it to be off.
  Instant now;
  std::int64_t clock_difference_us = 0;

  std::string key_of(std::int64_t attempt) const {
    return "d:" + std::to_string(device_.value) + ":" + std::to_string(attempt);
  }

  std::int64_t attempt(std::string const& card, contract::Attempt what = asking()) {
    auto const bound_to = key_of(next());
    auto sealed = crypto::seal_to(sealing_, bytes_of(bound_to), bytes_of(card));
    what.card_commitment = crypto::sha256(sealed);
    return add(std::move(what), std::move(sealed));
  }
  std::int64_t outcome(std::int64_t of, std::optional<contract::Answer> answer,
                       bool offline = true) {
    return add(contract::Outcome{of, answer, offline, std::nullopt});
  }
  std::int64_t undo(std::int64_t of, std::string const& reason = "mistake") {
    return add(contract::Undo{of, reason, hash_of(of)});
  }
  // As kiosks wrote it before they named the attempt by its hash.
  std::int64_t old_undo(std::int64_t of) { return add(contract::Undo{of, "mistake", {}}); }
  // nullopt of an entry that this folder does not have.
  std::optional<contract::AttemptHash> hash_of(std::int64_t sequence) const {
    if (sequence >= next()) return std::nullopt;
    auto const message = cose::parse_sign1(entry(sequence).signed_entry, cbor::ledger_entry_limit);
    if (!message) return std::nullopt;
    return contract::attempt_hash(crypto::sha256(message->payload));
  }
  // Attempt and outcome of tickets that were given without the server; the attempt's number.
  std::int64_t give(std::string const& card, contract::Attempt what = asking()) {
    auto const of = attempt(card, std::move(what));
    outcome(of, contract::Answer::ok);
    return of;
  }
  // Goes on behind the server's newest entry, as a folder does that was restored or copied.
  void resume(std::int64_t highest, Digest const& hash, contract::Resumed::Why why) {
    contract::Resumed const resumed{next() - 1, head_, why};
    entries_.resize(static_cast<std::size_t>(highest));
    head_ = hash;
    add(resumed);
  }
  std::int64_t add(decltype(contract::JournalEntry::what) what, Bytes sealed_card = {}) {
    contract::JournalEntry entry;
    entry.device = device_;
    entry.sequence = next();
    entry.previous = head_;
    entry.kiosk_time = now;
    entry.clock_difference_us = clock_difference_us;
    entry.what = std::move(what);
    head_ = crypto::sha256(contract::encode(entry));
    entries_.push_back({contract::sign_journal_entry(entry, key_), std::move(sealed_card)});
    return entry.sequence;
  }

  std::int64_t next() const { return static_cast<std::int64_t>(entries_.size()) + 1; }
  contract::UploadedEntry const& entry(std::int64_t sequence) const {
    return entries_.at(static_cast<std::size_t>(sequence - 1));
  }
  std::vector<contract::UploadedEntry> const& entries() const { return entries_; }
  // Forgets what was written after `sequence`, as a kiosk restored from a copy does.
  void go_back_to(std::int64_t sequence, Digest const& head) {
    entries_.resize(static_cast<std::size_t>(sequence));
    head_ = head;
  }
  Digest const& head() const { return head_; }

 private:
  crypto::P256PrivateKey key_;
  DeviceId device_;
  crypto::P256PublicKey sealing_;
  Digest head_{};
  std::vector<contract::UploadedEntry> entries_;
};

}  // namespace kaiku::test
