#include "server/use_cases/rename_device.hpp"

#include "server/ledger/ledger.hpp"
#include "server/use_cases/visible_devices.hpp"

namespace kaiku::use_cases {

Result<tables::Device> rename_device(ledger::WriteTx& tx, DeviceId id, std::string const& name,
                                     domain::Caller const& caller) {
  auto device = find_managed_device(tx, id, caller);
  if (!device) return device.error();
  if (device->name == name) return device;
  ledger::append(tx, caller.actor, ledger::DeviceRenamed{id, name});
  return *tables::find_device(tx, id);
}

}  // namespace kaiku::use_cases
