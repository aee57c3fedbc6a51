#include "server/pages/frame/role_text.hpp"

namespace kaiku::pages {

std::string_view role_text(contract::Language language, domain::Role role) {
  using domain::Role;
  switch (role) {
    case Role::admin: return in(language, Text::role_admin);
    case Role::national_coordinator: return in(language, Text::role_national_coordinator);
    case Role::area_coordinator: return in(language, Text::role_area_coordinator);
    case Role::issuer_worker: return in(language, Text::role_issuer_worker);
    case Role::venue_staff: return in(language, Text::role_venue_staff);
    case Role::anonymous:
    case Role::agent:
    case Role::device: return {};
  }
  return {};
}

}  // namespace kaiku::pages
