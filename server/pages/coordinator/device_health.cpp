#include "server/pages/coordinator/device_health.hpp"

#include <algorithm>

#include "server/access/identity/device_activity.hpp"
#include "server/access/identity/services.hpp"
#include "server/tables/device_days.hpp"

namespace kaiku::pages {

// Before this server kept what it heard, the uploads alone told of a device.
std::optional<Instant> DeviceHealth::last_heard_at() const {
  return contact ? std::optional(contact->heard_at) : journal.last_upload_at;
}

std::optional<std::int64_t> DeviceHealth::data_age_us(Instant now) const {
  if (!contact || !contact->cards_at) return std::nullopt;
  return std::max<std::int64_t>(now - *contact->cards_at, 0);
}

bool DeviceHealth::has_certificate_over(Instant now) const {
  return contact && contact->certificate_until && *contact->certificate_until <= now;
}

std::optional<std::int64_t> DeviceHealth::clock_difference_us() const {
  if (!contact || !contact->told) return std::nullopt;
  return contact->told->clock_difference_us;
}

DeviceHealth health_of(access::Call const& call, ledger::ReadTx& tx, DeviceId device) {
  return {tables::journal_of(tx, device), tables::held_back_at(tx, device),
          call.services().devices.contact_of(tx, device)};
}

}  // namespace kaiku::pages
