#include "server/use_cases/visible_devices.hpp"

#include "server/domain/scope.hpp"

namespace kaiku::use_cases {

Result<VisibleDevices> visible_devices(domain::Caller const& caller) {
  if (auto const venue = caller.own_venue()) return VisibleDevices{venue, std::nullopt};
  auto const area = domain::listed_area(caller);
  if (!area) return area.error();
  return VisibleDevices{std::nullopt, *area};
}

Result<tables::Device> find_visible_device(ledger::ReadTx& tx, DeviceId id,
                                           domain::Caller const& caller) {
  auto device = tables::find_device(tx, id);
  auto const venue = device ? tables::find_venue(tx, device->venue) : std::nullopt;
  if (!venue) return Error(Problem::not_found);
  auto const own = domain::require_venue(caller, venue->id, venue->area, domain::Named::in_path);
  if (!own) return own.error();
  return *std::move(device);
}

Result<tables::Device> find_managed_device(ledger::ReadTx& tx, DeviceId id,
                                           domain::Caller const& caller) {
  auto device = find_visible_device(tx, id, caller);
  if (!device) return device.error();
  auto const venue = tables::find_venue(tx, device->venue).value();
  auto const own = domain::require_area(caller, venue.area, domain::Named::in_path);
  if (!own) return own.error();
  return device;
}

}  // namespace kaiku::use_cases
