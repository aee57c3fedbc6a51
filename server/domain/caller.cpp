#include "server/domain/caller.hpp"

#include <algorithm>
#include <array>

namespace kaiku::domain {
namespace {

constexpr std::array<std::string_view, role_count> role_words{"anonymous",
                                                              "admin",
                                                              "national_coordinator",
                                                              "area_coordinator",
                                                              "issuer_worker",
                                                              "venue_staff",
                                                              "agent",
                                                              "device"};
constexpr std::array<std::string_view, 4> actor_words{"system", "account", "api_key", "device"};

}  // namespace

std::string_view word_of(Role role) { return role_words[static_cast<std::size_t>(role)]; }

std::optional<Role> role_from(std::string_view word) {
  auto const found = std::find(role_words.begin(), role_words.end(), word);
  if (found == role_words.end()) return std::nullopt;
  return static_cast<Role>(found - role_words.begin());
}

Actor Actor::unpack(std::int64_t packed) {
  return {static_cast<ActorKind>(packed & 3), packed >> 3};
}

std::string Actor::text() const {
  auto const word = actor_words[static_cast<std::size_t>(kind)];
  if (kind == ActorKind::system) return std::string(word);
  return std::string(word) + ":" + std::to_string(id);
}

std::optional<VenueId> Caller::own_venue() const {
  if (!is_staff() || venues.empty()) return std::nullopt;
  return venues.front();
}

bool Caller::stands_at(VenueId other) const {
  return std::find(venues.begin(), venues.end(), other) != venues.end();
}

}  // namespace kaiku::domain
