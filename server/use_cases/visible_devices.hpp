// Which devices somebody sees: coordinators those of their areas, a venue's staff its own. Only
// coordinators manage them.
#pragma once

#include <optional>

#include "schema/values/result.hpp"
#include "server/tables/devices.hpp"

namespace kaiku::use_cases {

// What a list is narrowed to; neither for national roles.
struct VisibleDevices {
  std::optional<VenueId> venue;
  std::optional<AreaId> area;
};
// forbidden for roles that see none.
Result<VisibleDevices> visible_devices(domain::Caller const& caller);

// The device when the caller sees it; not_found otherwise.
Result<tables::Device> find_visible_device(ledger::ReadTx& tx, DeviceId id,
                                           domain::Caller const& caller);
// The same for what a venue's own staff may only look at: renaming and revoking.
Result<tables::Device> find_managed_device(ledger::ReadTx& tx, DeviceId id,
                                           domain::Caller const& caller);

}  // namespace kaiku::use_cases
