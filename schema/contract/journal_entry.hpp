// The kiosk's journal entries: what happened at a door, signed by the device and chained.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "schema/contract/admission.hpp"
#include "schema/contract/attempt_key.hpp"
#include "schema/crypto/crypto.hpp"
#include "schema/values/result.hpp"

namespace kaiku::contract {

// Committed before anything is sent.
struct Attempt {
  // SHA-256 of the card sealed to the server's sealing key. The sealed card itself travels beside
  // the entry, and only where the server needs it: a refused scan is uploaded without its code.
  // nullopt in entries of kiosks before 2026-11-22, which sealed the card into the entry.
  std::optional<Digest> card_commitment;
  Bytes sealed_card;  // of those older entries; empty otherwise
  std::optional<EventId> event;
  UseKind kind = UseKind::admission;
  Tickets tickets;
  std::optional<Override> override;
  bool operator==(Attempt const&) const = default;
};
// Committed before the screen says yes: what it said about attempt `of`, and from which data.
struct Outcome {
  std::int64_t of = 0;
  std::optional<Answer> answer;  // nullopt: not_confirmed
  bool offline = false;
  std::optional<RedemptionId> redemption;
  bool operator==(Outcome const&) const = default;
};
struct Undo {
  std::int64_t void_of = 0;
  std::string reason;
  std::optional<AttemptHash> void_hash{};  // nullopt in entries of kiosks before 2026-11-28
  bool operator==(Undo const&) const = default;
};

// The server had more of this journal than the folder, or as much with another end: the folder was
// restored from an earlier copy, or a copy of it runs elsewhere. `previous` is the server's newest
// entry; these are the folder's own.
struct Resumed {
  enum class Why { restored, doubled };
  std::int64_t after = 0;  // the folder's newest entry; 0: it had none
  Digest hash{};           // of that entry; zero for none
  Why why = Why::restored;
  bool operator==(Resumed const&) const = default;
};
std::string_view word_of(Resumed::Why why);

struct JournalEntry {
  DeviceId device;
  std::int64_t sequence = 0;  // from 1; without gaps but for what a Resumed passes over
  Digest previous{};          // SHA-256 of encode(previous entry); zero for the first
  Instant kiosk_time;
  std::int64_t clock_difference_us = 0;  // server's clock - kiosk's clock at the last contact
  std::int64_t snapshot_sequence = 0;    // 0: decided online
  std::variant<Attempt, Outcome, Undo, Resumed> what;
  bool operator==(JournalEntry const&) const = default;
};

Bytes encode(JournalEntry const& entry);  // the payload
// Strict form and ranges of journal_entry.cddl; Problem::unreadable otherwise.
Result<JournalEntry> decode_journal_entry(ByteView payload);
// The COSE_Sign1 ES256 over it, kid = first 8 bytes of SHA-256 of the device key's SPKI.
Bytes sign_journal_entry(JournalEntry const& entry, crypto::P256PrivateKey const& device_key);
// Problem::unreadable for another form, key or signature. Whether `device` is the key's, and where
// the entry stands in the chain, is the caller's to judge.
Result<JournalEntry> verify_journal_entry(ByteView signed_entry,
                                          crypto::P256PublicKey const& device_key);

}  // namespace kaiku::contract
