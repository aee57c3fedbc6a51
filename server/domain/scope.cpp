#include "server/domain/scope.hpp"

namespace kaiku::domain {
namespace {

Result<void> allowed_if(bool own, Named named) {
  if (own) return {};
  return Error(named == Named::in_path ? Problem::not_found : Problem::forbidden);
}

}  // namespace

Result<void> require_area(Caller const& caller, AreaId const& area, Named named) {
  return allowed_if(caller.covers(area), named);
}

Result<void> require_office(Caller const& caller, OfficeId office, AreaId const& area_of_office,
                            Named named) {
  return allowed_if(caller.covers(area_of_office) || caller.works_at(office), named);
}

Result<void> require_venue(Caller const& caller, VenueId venue, AreaId const& area_of_venue,
                           Named named) {
  return allowed_if(caller.covers(area_of_venue) || caller.stands_at(venue), named);
}

Result<std::optional<AreaId>> listed_area(Caller const& caller) {
  if (caller.is_national()) return std::optional<AreaId>();
  if (caller.area) return caller.area;
  return Error(Problem::forbidden);
}

}  // namespace kaiku::domain
