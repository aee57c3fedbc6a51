// How a door device does: what is wrong with it, in words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/access/call/call.hpp"
#include "server/pages/frame/texts.hpp"
#include "server/tables/device_contacts.hpp"
#include "server/tables/devices.hpp"
#include "server/tables/journals.hpp"

namespace kaiku::pages {

struct DeviceHealth {
  tables::DeviceJournal journal;
  std::optional<Instant> held_back_at;
  std::optional<tables::DeviceContact> contact;  // nullopt: not heard of yet
};
DeviceHealth health_of(access::Call const& call, ledger::ReadTx& tx, DeviceId device);

// A sentence each, the worst first, at least one. A door at which nobody comes is well; one that is
// switched off is told of after a week, and as no more than that.
std::vector<std::string> standing_of(contract::Language language, tables::Device const& device,
                                     DeviceHealth const& health, Instant now);

}  // namespace kaiku::pages
