// Takes a device out of use.
#pragma once

#include "schema/values/result.hpp"
#include "server/tables/devices.hpp"

namespace kaiku::use_cases {

// From the commit on the device reaches its journal's quarantine alone. Saying later that it was
// stolen is told once more; else revoking twice changes nothing. not_found out of the caller's
// areas.
Result<tables::Device> revoke_device(ledger::WriteTx& tx, DeviceId id, bool stolen,
                                     domain::Caller const& caller);

}  // namespace kaiku::use_cases
