// How a door device does, in words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/pages/frame/texts.hpp"
#include "server/tables/devices.hpp"
#include "server/tables/journals.hpp"

namespace kaiku::pages {

struct DeviceHealth {
  tables::DeviceJournal journal;
  std::optional<Instant> held_back_at;
};
DeviceHealth health_of(ledger::ReadTx& tx, DeviceId device);

// A sentence each, at least one.
std::vector<std::string> standing_of(contract::Language language, tables::Device const& device,
                                     DeviceHealth const& health, Day today);
// When it last brought something, "not yet" for none.
std::string last_contact_of(contract::Language language, DeviceHealth const& health);

}  // namespace kaiku::pages
