// What the ledger says of uses and of doors' journals. How an entry is written: entries.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "schema/contract/admission.hpp"
#include "schema/contract/attempt_key.hpp"
#include "schema/values/bytes.hpp"
#include "schema/values/ids.hpp"
#include "schema/values/time.hpp"
#include "server/ledger/ref.hpp"

namespace kaiku::ledger {

struct UseRedeemed {
  static constexpr int kind = 17;
  VenueId venue;
  std::optional<EventId> event;
  contract::UseKind use_kind = contract::UseKind::admission;
  Instant occurred_at;
  contract::Tickets tickets;
  contract::Answer answer = contract::Answer::ok;
  std::optional<std::string> verdict;          // of a late entry
  std::optional<std::string> override_reason;  // given in spite of the warning in `answer`
  Ref card{};                                  // private from here on
  Ref lineage{};
  std::string idempotency_key;
  Digest body_mac{};
  // Which attempt of the device that recorded it; nullopt of others and of older kiosks.
  std::optional<contract::AttemptHash> attempt_hash{};
  // Public, and true alone: keyed in from a paper form.
  std::optional<bool> on_paper{};
  bool is_on_paper() const { return on_paper.value_or(false); }
  // Public: the day on which a use of earlier years was written down. It was on no card that is
  // known here, so the card's reference is zero and the lineage's says whose it was.
  std::optional<Day> recorded_on{};
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.venue);
    f(2, s.event);
    f(3, s.use_kind);
    f(4, s.occurred_at);
    f(5, s.tickets);
    f(6, s.answer);
    f(7, s.verdict);
    f(8, s.override_reason);
    f(9, s.on_paper);
    f(10, s.recorded_on);
  }
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.card);
    f(2, s.lineage);
    f(3, s.idempotency_key);
    f(4, s.body_mac);
    f(5, s.attempt_hash);
  }
};

// Cards and uses of earlier years, loaded from an area's files: one entry before the first of them
// and, when the last is there, one that names it.
struct HistoryImported {
  static constexpr int kind = 47;
  AreaId area;
  Digest cards_sha256{};
  Digest uses_sha256{};
  std::int64_t cards = 0;  // rows of each file
  std::int64_t uses = 0;
  std::optional<std::int64_t> begun_by{};  // the sequence of the first: all of it is there
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.area);
    f(2, s.cards_sha256);
    f(3, s.uses_sha256);
    f(4, s.cards);
    f(5, s.uses);
    f(6, s.begun_by);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

struct UseUndone {
  static constexpr int kind = 18;
  RedemptionId redemption;
  std::string reason;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.redemption);
    f(2, s.reason);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

// A use that waited (an unknown card, or one that nobody could have made) was accepted or rejected.
struct UseRuled {
  static constexpr int kind = 25;
  RedemptionId redemption;
  bool accepted = false;
  std::string reason;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.redemption);
    f(2, s.accepted);
    f(3, s.reason);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

// What a door's journal brought, as the device signed it. Names no person: a card stands in it as
// the hash of what was sealed to the server. What may hold more (a card sealed into the entry
// itself by an old kiosk, a reason in free words) lies in the private half.
struct JournalTaken {
  static constexpr int kind = 23;
  DeviceId device;
  std::vector<Bytes> entries;                         // COSE_Sign1, schema/journal_entry.cddl
  std::optional<std::vector<Bytes>> private_entries;  // private
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.device);
    f(2, s.entries);
  }
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.private_entries);
  }
};

// An entry that is kept but does not count; what it says lies in the vault.
enum class QuarantineReason { fork, device_revoked };

struct JournalQuarantined {
  static constexpr int kind = 24;
  DeviceId device;
  std::int64_t journal_sequence = 0;
  Digest hash{};  // SHA-256 of the payload
  QuarantineReason reason = QuarantineReason::fork;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.device);
    f(2, s.journal_sequence);
    f(3, s.hash);
    f(4, s.reason);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

}  // namespace kaiku::ledger
