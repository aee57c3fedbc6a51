// How a door device does: what is wrong with it, in words.
#pragma once

#include <string>
#include <vector>

#include "server/pages/coordinator/device_health.hpp"
#include "server/pages/frame/texts.hpp"
#include "server/tables/devices.hpp"

namespace kaiku::pages {

// A sentence each, the worst first, at least one. A door at which nobody comes is well; one that is
// switched off is told of after a week, and as no more than that.
std::vector<std::string> standing_of(contract::Language language, tables::Device const& device,
                                     DeviceHealth const& health, Instant now);

}  // namespace kaiku::pages
