// Whether a thing is the caller's own. A thing named in the path that is out of scope is not_found,
// as if it did not exist; one named in a body or a query is forbidden, since the caller asked for
// it.
#pragma once

#include <optional>

#include "schema/values/ids.hpp"
#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"

namespace kaiku::domain {

enum class Named { in_path, in_body };

// National roles, and the coordinator of the area.
Result<void> require_area(Caller const& caller, AreaId const& area, Named named);
// Those who may manage the office's area, and the office's own workers.
Result<void> require_office(Caller const& caller, OfficeId office, AreaId const& area_of_office,
                            Named named);
// Those who may manage the venue's area, and whoever stands at the venue (staff, agent, device).
Result<void> require_venue(Caller const& caller, VenueId venue, AreaId const& area_of_venue,
                           Named named);
// The area that lists are narrowed to: nullopt for national roles, forbidden for roles without one.
Result<std::optional<AreaId>> listed_area(Caller const& caller);

}  // namespace kaiku::domain
