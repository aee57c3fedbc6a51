// Gives a device another name.
#pragma once

#include <string>

#include "schema/values/result.hpp"
#include "server/tables/devices.hpp"

namespace kaiku::use_cases {

// `name` as it was read by the rules of a device's name. The name that it has already changes
// nothing. not_found out of the caller's areas.
Result<tables::Device> rename_device(ledger::WriteTx& tx, DeviceId id, std::string const& name,
                                     domain::Caller const& caller);

}  // namespace kaiku::use_cases
