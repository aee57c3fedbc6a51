// When door devices were last heard of, and what they said of themselves.
#pragma once

#include <cstdint>
#include <optional>

#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

struct DeviceTold {
  Instant at;
  std::int64_t unsent = 0;               // attempts and undos that it has not brought yet
  std::int64_t clock_difference_us = 0;  // the server's clock less its own
};
struct DeviceContact {
  Instant heard_at;
  std::optional<Instant> certificate_until;  // nullopt: it signs each request
  std::optional<Instant> cards_at;           // when it last had the cards' data as they are
  std::optional<DeviceTold> told;
};
// What the newer one does not say stays as the older one had it.
DeviceContact merged(DeviceContact const& older, DeviceContact const& newer);

// nullopt of a device that was not heard of yet.
std::optional<DeviceContact> find_device_contact(ledger::ReadTx& tx, DeviceId device);
// Merged with what is there.
void note_device_contact(ledger::WriteTx& tx, DeviceId device, DeviceContact const& contact);

}  // namespace kaiku::tables
