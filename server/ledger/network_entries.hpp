// What the ledger says of areas, offices, venues and events. How an entry is written: entries.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "schema/contract/admission.hpp"
#include "schema/values/bytes.hpp"
#include "schema/values/ids.hpp"
#include "schema/values/time.hpp"
#include "server/domain/policy.hpp"
#include "server/domain/service_settings.hpp"

namespace kaiku::ledger {

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
  std::optional<std::string> letter_name = {};  // on the holder's letter; none: the municipality
  std::optional<std::string> contact = {};      // the same
  // Whom coordinators turn to: a task, no name, and how to reach whoever has it.
  std::optional<std::string> contact_role = {};
  std::optional<std::string> work_contact = {};
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.office);
    f(2, s.area);
    f(3, s.municipality);
    f(4, s.postcode);
    f(5, s.name);
    f(6, s.letter_name);
    f(7, s.contact);
    f(8, s.contact_role);
    f(9, s.work_contact);
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
  std::optional<std::string> address = {};
  bool fast_by_default = false;  // its page gives a ticket at each scan unless told otherwise
  std::optional<std::string> contact_role = {};  // as of an office
  std::optional<std::string> work_contact = {};
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.venue);
    f(2, s.area);
    f(3, s.municipality);
    f(4, s.sector);
    f(5, s.name);
    f(6, s.limit);
    f(7, s.active);
    f(8, s.address);
    // Came later: left out while false, so that older entries read as they did.
    std::optional<bool> fast;
    if (s.fast_by_default) fast = true;
    f(9, fast);
    if constexpr (!std::is_const_v<S>) s.fast_by_default = fast.value_or(false);
    f(10, s.contact_role);
    f(11, s.work_contact);
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
  std::optional<domain::LocalText> door_message = {};  // that the door shows beside a ticket
  std::optional<std::int64_t> face_value = {};         // of a ticket, in cents
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
    f(14, s.door_message);
    f(15, s.face_value);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

// An office or a venue accepts the scheme's commitment: one of them; who did it is the actor.
struct CommitmentAccepted {
  static constexpr int kind = 45;
  std::optional<OfficeId> office;
  std::optional<VenueId> venue;
  std::int64_t version = 0;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.office);
    f(2, s.venue);
    f(3, s.version);
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

// What the statements say of this installation, as a whole.
struct SettingsSet {
  static constexpr int kind = 49;
  std::vector<domain::ServiceText> texts;  // those that are told, by word
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.texts);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

}  // namespace kaiku::ledger
