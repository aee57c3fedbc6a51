#include "server/tables/device_days.hpp"

namespace kaiku::tables {

DeviceDay device_day(ledger::ReadTx& tx, DeviceId device, Day day) {
  auto query =
      tx.prepare("SELECT entries, bytes FROM device_day WHERE device_id = ?1 AND day = ?2");
  query.with(device, day);
  if (!query.step()) return {};
  return {query.integer(0), query.integer(1)};
}

void put_device_day(ledger::WriteTx& tx, DeviceId device, Day day, DeviceDay const& count) {
  auto statement = tx.prepare(R"(
    INSERT INTO device_day (device_id, day, entries, bytes)
    VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (device_id) DO UPDATE SET day = ?2, entries = ?3, bytes = ?4)");
  statement.with(device, day, count.entries, count.bytes).run();
}

void note_held_back(ledger::WriteTx& tx, DeviceId device) {
  auto statement = tx.prepare("UPDATE device_day SET held_back_at_us = ?2 WHERE device_id = ?1");
  statement.with(device, tx.now()).run();
}

std::optional<Instant> held_back_at(ledger::ReadTx& tx, DeviceId device) {
  auto query = tx.prepare("SELECT held_back_at_us FROM device_day WHERE device_id = ?1");
  query.with(device);
  if (!query.step() || query.is_null(0)) return std::nullopt;
  return Instant{query.integer(0)};
}

}  // namespace kaiku::tables
