// Which accounts a caller may make, change and reset.
#pragma once

#include <optional>
#include <string>

#include "schema/values/time.hpp"
#include "server/domain/caller.hpp"

namespace kaiku::use_cases {

inline constexpr std::int64_t set_up_link_us = 24 * hour_us;

// The second factor is voluntary for venue staff alone: their tablet stands on a counter.
inline bool needs_second_factor(domain::Role role) { return role != domain::Role::venue_staff; }

// Admins manage all; the national coordinator all but admins and other national coordinators; an
// area coordinator the offices' and venues' accounts of the own area. `area` is the account's.
inline bool may_manage(domain::Caller const& caller, domain::Role role,
                       std::optional<AreaId> const& area) {
  using domain::Role;
  auto const local = domain::has_local_place(role);
  switch (caller.role) {
    case Role::admin: return true;
    case Role::national_coordinator: return local || role == Role::area_coordinator;
    case Role::area_coordinator: return local && area && caller.covers(*area);
    default: return false;
  }
}

// A one-time link, shown once to whoever made or reset the account.
struct SetUpLink {
  std::string token;  // 32 random bytes, base64url
  Instant until;
};

}  // namespace kaiku::use_cases
