#include "server/use_cases/revoke_device.hpp"

#include "server/domain/scope.hpp"
#include "server/ledger/ledger.hpp"

namespace kaiku::use_cases {

Result<tables::Device> find_visible_device(ledger::ReadTx& tx, DeviceId id,
                                           domain::Caller const& caller) {
  auto device = tables::find_device(tx, id);
  auto const venue = device ? tables::find_venue(tx, device->venue) : std::nullopt;
  if (!venue) return Error(Problem::not_found);
  auto const own = domain::require_area(caller, venue->area, domain::Named::in_path);
  if (!own) return own.error();
  return *std::move(device);
}

Result<tables::Device> revoke_device(ledger::WriteTx& tx, DeviceId id, bool stolen,
                                     domain::Caller const& caller) {
  auto device = find_visible_device(tx, id, caller);
  if (!device) return device.error();
  auto const nothing_new = device->revoked_at && (device->stolen || !stolen);
  if (nothing_new) return device;
  ledger::DeviceRevoked entry;
  entry.device = id;
  entry.stolen = stolen;
  ledger::append(tx, caller.actor, entry);
  return *tables::find_device(tx, id);
}

}  // namespace kaiku::use_cases
