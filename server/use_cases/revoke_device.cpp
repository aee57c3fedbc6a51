#include "server/use_cases/revoke_device.hpp"

#include "server/storage/ledger.hpp"

namespace kaiku::use_cases {

Result<storage::Device> find_visible_device(storage::ReadTx& tx, DeviceId id,
                                            domain::Caller const& caller) {
  auto device = storage::find_device(tx, id);
  auto const venue = device ? storage::find_venue(tx, device->venue) : std::nullopt;
  if (!venue || !caller.covers(venue->area)) return Error(Problem::not_found);
  return *std::move(device);
}

Result<storage::Device> revoke_device(storage::WriteTx& tx, DeviceId id, bool stolen,
                                      domain::Caller const& caller) {
  auto device = find_visible_device(tx, id, caller);
  if (!device) return device.error();
  auto const nothing_new = device->revoked_at && (device->stolen || !stolen);
  if (nothing_new) return device;
  storage::DeviceRevoked entry;
  entry.device = id;
  entry.stolen = stolen;
  storage::append(tx, caller.actor, entry);
  return *storage::find_device(tx, id);
}

}  // namespace kaiku::use_cases
