// Who is calling, once that is known: what every rule about "who may" is asked of.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/contract/answers.hpp"
#include "schema/values/ids.hpp"

namespace kaiku::domain {

enum class Role : std::uint8_t {
  anonymous,
  admin,
  national_coordinator,
  area_coordinator,
  issuer_worker,
  venue_staff,
  agent,
  device,
};
inline constexpr std::size_t role_count = 8;
std::string_view word_of(Role role);
std::optional<Role> role_from(std::string_view word);
constexpr bool is_national(Role role) {
  return role == Role::admin || role == Role::national_coordinator;
}
// Of an area or of all.
constexpr bool coordinates(Role role) {
  return is_national(role) || role == Role::area_coordinator;
}
// Bound to one office or one venue.
constexpr bool has_local_place(Role role) {
  return role == Role::issuer_worker || role == Role::venue_staff;
}

// Who acted, as the ledger and idempotency know it; stored as (id << 3) | kind.
enum class ActorKind : std::uint8_t { system, account, api_key, device };
struct Actor {
  ActorKind kind = ActorKind::system;
  std::int64_t id = 0;
  bool operator==(Actor const&) const = default;
  std::int64_t packed() const { return (id << 3) | static_cast<std::int64_t>(kind); }
  static Actor unpack(std::int64_t packed);
  std::string text() const;  // "account:12", "device:7", "api_key:3", "system"
};

// Scope: which of area, office and venues bind the role. National roles have none.
struct Caller {
  Role role = Role::anonymous;
  Actor actor;
  std::optional<AreaId> area;
  std::optional<OfficeId> office;
  std::vector<VenueId> venues;  // venue_staff and device: one; agent: those of the key
  contract::Language language = contract::Language::fi;

  bool is_national() const { return domain::is_national(role); }
  bool coordinates() const { return domain::coordinates(role); }
  // Of a venue; devices and agents, which stand at venues too, are nobody's staff.
  bool is_staff() const { return role == Role::venue_staff; }
  // Staff's alone.
  std::optional<VenueId> own_venue() const;
  // Whether the caller coordinates that area; workers and venues of the area do not.
  bool covers(AreaId const& other) const {
    return is_national() || (role == Role::area_coordinator && area && *area == other);
  }
  bool works_at(OfficeId other) const { return office && *office == other; }
  bool stands_at(VenueId other) const;
};

}  // namespace kaiku::domain
