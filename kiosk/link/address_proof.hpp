// Whether the same installation answers at another address: the kiosk believes nothing else.
#pragma once

#include <optional>
#include <string>

#include "kiosk/device/store.hpp"
#include "kiosk/link/url.hpp"
#include "schema/crypto/crypto.hpp"
#include "schema/values/time.hpp"

namespace kaiku::kiosk {

enum class AddressFault {
  unreachable,
  untrusted,  // the certificate there is not from this installation's door CA
  refused,    // it answers, but not this device
  another,    // what it signs is not under the root key of the enrolment
};
struct AddressFailure {
  AddressFault fault = AddressFault::unreachable;
  std::string detail;  // English
};

// Asks there for the venue part with the device's own certificate and proves it by the pinned root
// key. nullopt: it is the same installation. Certificates are judged at `not_before` at least.
std::optional<AddressFailure> prove_address(ServerAddress const& address,
                                            Enrolment const& enrolment,
                                            crypto::P256PrivateKey const& key, Instant not_before);

}  // namespace kaiku::kiosk
