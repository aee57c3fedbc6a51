#include "server/use_cases/revoke_device.hpp"

#include "server/ledger/ledger.hpp"
#include "server/use_cases/visible_devices.hpp"

namespace kaiku::use_cases {

Result<tables::Device> revoke_device(ledger::WriteTx& tx, DeviceId id, bool stolen,
                                     domain::Caller const& caller) {
  auto device = find_managed_device(tx, id, caller);
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
