// What door devices have brought in today.
#pragma once

#include <cstdint>
#include <optional>

#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

struct DeviceDay {
  std::int64_t entries = 0;
  std::int64_t bytes = 0;  // of signed entries and sealed cards
};
// Of that day; zeros when nothing has come.
DeviceDay device_day(ledger::ReadTx& tx, DeviceId device, Day day);
void put_device_day(ledger::WriteTx& tx, DeviceId device, Day day, DeviceDay const& count);
// A part of an upload has to wait for another day.
void note_held_back(ledger::WriteTx& tx, DeviceId device);
// When that last happened.
std::optional<Instant> held_back_at(ledger::ReadTx& tx, DeviceId device);

}  // namespace kaiku::tables
