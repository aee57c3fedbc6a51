#include "server/access/call/scope.hpp"

namespace kaiku::access {
namespace {

Result<void> allowed_if(bool own, Named named) {
  if (own) return {};
  return Error(named == Named::in_path ? Problem::not_found : Problem::forbidden);
}

}  // namespace

Result<void> require_area(domain::Caller const& caller, AreaId const& area, Named named) {
  return allowed_if(caller.covers(area), named);
}

Result<std::optional<AreaId>> listed_area(domain::Caller const& caller) {
  if (caller.is_national()) return std::optional<AreaId>();
  if (caller.area) return caller.area;
  return Error(Problem::forbidden);
}

}  // namespace kaiku::access
