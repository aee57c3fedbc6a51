// What is known of a door device, each in words.
#pragma once

#include <cstdint>
#include <string>

#include "server/pages/coordinator/device_health.hpp"
#include "server/pages/coordinator/device_view.hpp"

namespace kaiku::pages {

// What no contact has told yet is "not known".
DeviceFacts facts_of(contract::Language language, DeviceHealth const& health, Instant now);

// When it was last heard of, "not yet" for never.
std::string last_contact_of(contract::Language language, DeviceHealth const& health);
// "3 h", by the unit that tells enough.
std::string age_text(contract::Language language, std::int64_t us);
// "12 min edellä" by the server's clock less the device's own.
std::string clock_text_of(contract::Language language, std::int64_t difference_us);

}  // namespace kaiku::pages
