// A device joins a venue by a code and its public key.
#pragma once

#include <string>
#include <string_view>

#include "schema/crypto/crypto.hpp"
#include "schema/values/result.hpp"
#include "server/tables/devices.hpp"
#include "server/tables/network.hpp"

namespace kaiku::use_cases {

struct EnrolledDevice {
  tables::Device device;
  tables::Venue venue;
};
// Before anything is signed: enrolment_code_invalid for a code that is unknown or over. Whether a
// use is left is enrol_device's to say, for the same key may come again.
Result<void> check_enrolment_code(ledger::ReadTx& tx, std::string_view typed_code, Instant now);
// Whether one more device may come by the code.
bool has_use_left(ledger::ReadTx& tx, std::string_view typed_code, Instant now);
// `key` comes from a request that it signed itself. enrolment_code_invalid for a code that is
// unknown, over or used up; the same key with the same venue's code again gives the same device and
// uses nothing up (the first answer was lost); conflict for a key of another venue, device_revoked
// for a revoked one. `as`: the device that the key is already; device_unknown when it is not, and
// nothing is made or used up. The entry's actor is whoever made the code.
Result<EnrolledDevice> enrol_device(ledger::WriteTx& tx, std::string_view typed_code,
                                    std::string const& name, crypto::P256PublicKey const& key,
                                    std::optional<DeviceId> as = std::nullopt);

}  // namespace kaiku::use_cases
