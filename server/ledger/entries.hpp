// What the ledger can say: one struct a kind, its public and its private (erasable) fields numbered
// once for writing and for reading. Numbers and kinds are append-only (schema/ledger_entry.cddl).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "schema/contract/admission.hpp"
#include "schema/values/bytes.hpp"
#include "server/domain/caller.hpp"
#include "server/domain/policy.hpp"

namespace kaiku::cbor {
class Writer;
}

namespace kaiku::ledger {

using Ref = ByteArray<16>;  // a random 128-bit reference of a card or a lineage

// Fields are visited as f(number, member) in ascending order; an empty optional is left out.
// `public_fields` and `private_fields` are templates over self (const or not) and the visitor.

struct AreaSet {
  static constexpr int kind = 1;
  AreaId area;
  domain::LocalText name;
  std::vector<domain::Municipality> municipalities;
  domain::Policy policy;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.area);
    f(2, s.name);
    f(3, s.municipalities);
    f(4, s.policy);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

struct OfficeSet {
  static constexpr int kind = 2;
  OfficeId office;  // 0: this entry creates it, its id is the sequence
  AreaId area;
  std::string municipality;
  std::string postcode;
  std::string name;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.office);
    f(2, s.area);
    f(3, s.municipality);
    f(4, s.postcode);
    f(5, s.name);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

struct VenueSet {
  static constexpr int kind = 3;
  VenueId venue;  // 0: created
  AreaId area;
  std::string municipality;
  contract::Sector sector = contract::Sector::culture;
  std::string name;
  std::optional<contract::UseLimit> limit;
  bool active = true;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.venue);
    f(2, s.area);
    f(3, s.municipality);
    f(4, s.sector);
    f(5, s.name);
    f(6, s.limit);
    f(7, s.active);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

struct EventSet {
  static constexpr int kind = 4;
  EventId event;  // 0: created
  VenueId venue;
  contract::UseKind use_kind = contract::UseKind::admission;
  domain::LocalText title;
  Instant starts_at;
  Instant ends_at;
  std::optional<std::int64_t> capacity;
  std::optional<std::int64_t> quota;
  std::optional<std::int64_t> quota_percent;
  std::optional<contract::UseLimit> limit;
  bool children_allowed = true;
  bool sold_out = false;
  bool cancelled = false;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.event);
    f(2, s.venue);
    f(3, s.use_kind);
    f(4, s.title);
    f(5, s.starts_at);
    f(6, s.ends_at);
    f(7, s.capacity);
    f(8, s.quota);
    f(9, s.quota_percent);
    f(10, s.limit);
    f(11, s.children_allowed);
    f(12, s.sold_out);
    f(13, s.cancelled);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

struct AccountSet {
  static constexpr int kind = 5;
  AccountId account;  // 0: created
  domain::Role role = domain::Role::issuer_worker;
  std::optional<AreaId> area;
  std::optional<OfficeId> office;
  std::optional<VenueId> venue;
  contract::Language language = contract::Language::fi;
  bool disabled = false;
  std::string username;  // private: it may name a person
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.account);
    f(2, s.role);
    f(3, s.area);
    f(4, s.office);
    f(5, s.venue);
    f(6, s.language);
    f(7, s.disabled);
  }
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.username);
  }
};

struct ApiKeySet {
  static constexpr int kind = 6;
  ApiKeyId api_key;  // 0: created
  AreaId area;
  std::string name;
  std::vector<VenueId> venues;
  bool revoked = false;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.api_key);
    f(2, s.area);
    f(3, s.name);
    f(4, s.venues);
    f(5, s.revoked);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

struct DeviceEnrolled {
  static constexpr int kind = 7;
  VenueId venue;
  std::string name;
  Bytes spki;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.venue);
    f(2, s.name);
    f(3, s.spki);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

struct DeviceRevoked {
  static constexpr int kind = 8;
  DeviceId device;
  bool stolen = false;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.device);
    f(2, s.stolen);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

struct BatchMade {
  static constexpr int kind = 9;
  BatchId batch;  // a small number that people read: the 42 of 0042-0317
  AreaId area;
  std::optional<OfficeId> office;
  std::int64_t count = 0;
  Day made_on;
  std::vector<Ref> cards;  // private: position 1 first
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.batch);
    f(2, s.area);
    f(3, s.office);
    f(4, s.count);
    f(5, s.made_on);
  }
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.cards);
  }
};

struct StockVoided {
  static constexpr int kind = 10;
  BatchId batch;
  std::int64_t from = 0;  // positions, inclusive; only cards still in stock are voided
  std::int64_t to = 0;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.batch);
    f(2, s.from);
    f(3, s.to);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

// A registration says nothing of age, postcode, children or background: those lie in the vault.
struct CardRegistered {
  static constexpr int kind = 11;
  bool made_on_the_spot = false;  // the card did not come from stock: its id is (sequence << 16)
  Ref card{};                     // private from here on
  Ref lineage{};
  AreaId area;
  std::string municipality;
  OfficeId office;
  contract::CardKind card_kind = contract::CardKind::personal;
  Day registered_on;
  Day first_valid;
  Day last_valid;
  std::int64_t community_ceiling = 0;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.made_on_the_spot);
  }
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.card);
    f(2, s.lineage);
    f(3, s.area);
    f(4, s.municipality);
    f(5, s.office);
    f(6, s.card_kind);
    f(7, s.registered_on);
    f(8, s.first_valid);
    f(9, s.last_valid);
    f(10, s.community_ceiling);
  }
};

// The card's days after the renewal; renewing early keeps the old first day.
struct CardRenewed {
  static constexpr int kind = 12;
  Ref card{};
  Day first_valid;
  Day last_valid;
  template <class S, class F>
  static void public_fields(S&, F&) {}
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.card);
    f(2, s.first_valid);
    f(3, s.last_valid);
  }
};

struct CardReplaced {
  static constexpr int kind = 13;
  bool made_on_the_spot = false;
  domain::ReplaceReason reason = domain::ReplaceReason::lost;
  Ref old_card{};
  Ref new_card{};
  OfficeId office;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.made_on_the_spot);
    f(2, s.reason);
  }
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.old_card);
    f(2, s.new_card);
    f(3, s.office);
  }
};

struct CardBlocked {
  static constexpr int kind = 14;
  domain::BlockReason reason = domain::BlockReason::lost;
  Ref card{};
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.reason);
  }
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.card);
  }
};

struct CardUnblocked {
  static constexpr int kind = 15;
  Ref card{};
  template <class S, class F>
  static void public_fields(S&, F&) {}
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.card);
  }
};

// That the child limit or the facts changed; what they are stands in the vault alone.
struct HolderChanged {
  static constexpr int kind = 16;
  Ref lineage{};
  template <class S, class F>
  static void public_fields(S&, F&) {}
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.lineage);
  }
};

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
  }
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.card);
    f(2, s.lineage);
    f(3, s.idempotency_key);
    f(4, s.body_mac);
  }
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

// A person read a card's page: who is the entry's actor.
struct CardRead {
  static constexpr int kind = 19;
  std::string purpose;
  Ref card{};
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.purpose);
  }
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.card);
  }
};

// The wall clock left the monotonic clock by more than five seconds.
struct ClockStep {
  static constexpr int kind = 20;
  std::int64_t difference_us = 0;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.difference_us);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

// A public key came into use: "card", "checkpoint", "snapshot", "root", "sealing", "door_ca".
struct KeyAdded {
  static constexpr int kind = 21;
  std::string use;
  Bytes public_key;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.use);
    f(2, s.public_key);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

struct PostcodesImported {
  static constexpr int kind = 22;
  std::int64_t rows = 0;
  Digest sha256{};
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.rows);
    f(2, s.sha256);
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

using Entry =
    std::variant<AreaSet, OfficeSet, VenueSet, EventSet, AccountSet, ApiKeySet, DeviceEnrolled,
                 DeviceRevoked, BatchMade, StockVoided, CardRegistered, CardRenewed, CardReplaced,
                 CardBlocked, CardUnblocked, HolderChanged, UseRedeemed, UseUndone, CardRead,
                 ClockStep, KeyAdded, PostcodesImported, JournalTaken, JournalQuarantined>;
int kind_of(Entry const& entry);
std::string_view name_of_kind(int kind);

// The two halves as deterministic CBOR maps {1: …, 2: …}; an empty map when there are no fields.
Bytes encode_public(Entry const& entry);
Bytes encode_private(Entry const& entry);
// The public half straight into a larger item, and whether the kind has a private half at all.
void write_public(Entry const& entry, cbor::Writer& out);
bool has_private_fields(Entry const& entry);
// Throws std::runtime_error that names the kind when a stored half does not decode. A private half
// that was erased is passed as nullptr: its fields keep their defaults.
Entry decode_entry(int kind, ByteView public_half, ByteView const* private_half);
// The policy alone, as it lies in area.policy.
Bytes encode_policy(domain::Policy const& policy);
domain::Policy decode_policy(ByteView encoded);

}  // namespace kaiku::ledger
