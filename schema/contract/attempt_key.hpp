// d:<device>:<attempt>: the idempotency key of a device's use, online and in its journal alike, and
// what the sealed card of the attempt is bound to.
#pragma once

#include <cstdint>
#include <string>

#include "schema/values/ids.hpp"

namespace kaiku::contract {

std::string attempt_key(DeviceId device, std::int64_t attempt);

}  // namespace kaiku::contract
