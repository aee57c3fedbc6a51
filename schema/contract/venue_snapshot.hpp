// The venue part of a snapshot: what one door needs to know of its venue, its events, and of uses
// recorded at other doors (schema/snapshot.cddl). Made for one device: its own uses are in its own
// journal, so that the two never count anything twice.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/contract/admission.hpp"
#include "schema/contract/key_list.hpp"
#include "schema/contract/row_hash.hpp"
#include "schema/crypto/crypto.hpp"
#include "schema/values/result.hpp"

namespace kaiku::contract {

// A title in Finnish, Swedish and English; an empty one falls back to the next that is not.
struct Title {
  std::string fi;
  std::string sv;
  std::string en;
  bool operator==(Title const&) const = default;
  std::string const& in(Language language) const;
};

// What the area has decided for its doors.
struct DoorPolicy {
  int child_age_limit = 18;
  bool companion_allowed = true;
  bool local_only = false;
  bool unknown_genuine_is_let_in = true;
  bool unknown_typed_is_let_in = false;
  int unknown_genuine_daily_limit = 10;
  std::int64_t stale_warn_s = 72 * 3600;
  std::int64_t stale_stop_s = 14 * 24 * 3600;
  bool stale_may_be_overruled = true;
  bool operator==(DoorPolicy const&) const = default;
};

struct SnapshotEvent {
  EventId id;
  std::int64_t version = 0;  // ledger sequence that last changed it
  Title title;
  Instant starts_at;
  Instant ends_at;
  UseKind kind = UseKind::admission;
  std::optional<int> capacity;
  std::optional<int> quota;
  int used_elsewhere = 0;  // counted places, those of this device left out
  std::optional<UseLimit> limit;
  bool children_allowed = true;
  bool sold_out = false;
  bool cancelled = false;
  std::optional<Title> message = {};  // that the door shows beside a ticket
  bool operator==(SnapshotEvent const&) const = default;
};

// Uses of one card at other doors: at an event, or today at this venue without one.
struct UsesElsewhere {
  RowHash card = 0;
  std::optional<EventId> event;
  int adults = 0;
  int children = 0;
  bool adult_today = false;
  Instant last_at;
  bool operator==(UsesElsewhere const&) const = default;
};

struct VenuePart {
  DeviceId device;
  VenueId venue;
  std::string name;
  Sector sector = Sector::culture;
  AreaId area;
  bool active = true;
  DoorPolicy policy;
  std::optional<UseLimit> limit;      // without an event
  std::int64_t sequence = 0;          // of the ledger
  std::int64_t epoch = 0;             // of the row hashes below
  Instant issued_at;                  // the server's clock
  Day day;                            // whose uses without an event are told below
  std::vector<SnapshotEvent> events;  // of the next 14 days, by time
  std::vector<UsesElsewhere> uses;
  int tickets_elsewhere_today = 0;
  int children_elsewhere_today = 0;
  std::vector<std::string> override_reasons;
  std::vector<std::string> undo_reasons;
  Bytes key_list;  // signed by the root key
  bool operator==(VenuePart const&) const = default;
};

inline constexpr std::size_t venue_file_limit = 32 * 1000;

Bytes sign_venue_part(VenuePart const& part, crypto::Ed25519PrivateKey const& snapshot_key);

// The part and the key list that it carried, both proven: the list by the root key, the part by a
// snapshot key of that list. Problem::unreadable for another form, version or signature, and for a
// key list older than `least_key_list`. The list's times are judged by the part's issued_at, never
// by the door's own clock: a clock fault is shown, not punished.
struct OpenedVenuePart {
  VenuePart part;
  KeyList keys;
};
Result<OpenedVenuePart> open_venue_part(ByteView signed_part, crypto::Ed25519PublicKey const& root,
                                        std::int64_t least_key_list);

}  // namespace kaiku::contract
