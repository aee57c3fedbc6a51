// What is known of how a door device does, in numbers: what is wrong and each fact go by these.
#pragma once

#include <cstdint>
#include <optional>

#include "server/access/call/call.hpp"
#include "server/tables/device_contacts.hpp"
#include "server/tables/journals.hpp"

namespace kaiku::pages {

struct DeviceHealth {
  tables::DeviceJournal journal;
  std::optional<Instant> held_back_at;
  std::optional<tables::DeviceContact> contact;  // nullopt: not heard of yet

  // nullopt for never.
  std::optional<Instant> last_heard_at() const;
  // Of the cards that it decides by; never below zero, whatever its clock says.
  std::optional<std::int64_t> data_age_us(Instant now) const;
  // Its last moment is over already. False where nothing is known of one.
  bool has_certificate_over(Instant now) const;
  // The server's clock less the device's own.
  std::optional<std::int64_t> clock_difference_us() const;
};
DeviceHealth health_of(access::Call const& call, ledger::ReadTx& tx, DeviceId device);

}  // namespace kaiku::pages
