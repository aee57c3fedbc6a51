// How an attempt at a door is named: online, in the door's journal and in what is bound to it.
#pragma once

#include <cstdint>
#include <string>

#include "schema/values/bytes.hpp"
#include "schema/values/ids.hpp"

namespace kaiku::contract {

// d:<device>:<attempt>: the idempotency key of a device's use, online and in its journal alike, and
// what the sealed card of the attempt is bound to.
std::string attempt_key(DeviceId device, std::int64_t attempt);

// The first 16 bytes of the hash of the attempt's entry: two folders of one device count with the
// same numbers, and by this each tells which of two attempts it means.
using AttemptHash = ByteArray<16>;
AttemptHash attempt_hash(Digest const& entry_hash);

// d:<device>:<attempt>:<32 hexadecimal>: of a use whose number another attempt has, or that came
// beside the journal.
std::string attempt_key(DeviceId device, std::int64_t attempt, AttemptHash const& hash);

}  // namespace kaiku::contract
