#include "server/tables/device_contacts.hpp"

#include <algorithm>

namespace kaiku::tables {

DeviceContact merged(DeviceContact const& older, DeviceContact const& newer) {
  auto contact = newer;
  contact.heard_at = std::max(older.heard_at, newer.heard_at);
  if (!contact.cards_at) contact.cards_at = older.cards_at;
  if (!contact.told) contact.told = older.told;
  return contact;
}

std::optional<DeviceContact> find_device_contact(ledger::ReadTx& tx, DeviceId device) {
  auto query = tx.prepare(R"(
    SELECT heard_at_us, certificate_until_us, cards_at_us, told_at_us, unsent,
      clock_difference_us
    FROM device_contact
    WHERE device_id = ?1)");
  query.with(device);
  if (!query.step()) return std::nullopt;
  DeviceContact contact;
  contact.heard_at = Instant{query.integer(0)};
  if (!query.is_null(1)) contact.certificate_until = Instant{query.integer(1)};
  if (!query.is_null(2)) contact.cards_at = Instant{query.integer(2)};
  if (!query.is_null(3)) {
    contact.told = DeviceTold{Instant{query.integer(3)}, query.integer(4), query.integer(5)};
  }
  return contact;
}

// As `merged`, in one statement: the writer does this for each device each minute.
void note_device_contact(ledger::WriteTx& tx, DeviceId device, DeviceContact const& contact) {
  std::optional<Instant> told_at;
  std::optional<std::int64_t> unsent;
  std::optional<std::int64_t> difference;
  if (contact.told) {
    told_at = contact.told->at;
    unsent = contact.told->unsent;
    difference = contact.told->clock_difference_us;
  }
  auto statement = tx.prepare(R"(
    INSERT INTO device_contact (device_id, heard_at_us, certificate_until_us, cards_at_us,
      told_at_us, unsent, clock_difference_us)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
    ON CONFLICT (device_id)
    DO UPDATE SET heard_at_us = max(heard_at_us, ?2), certificate_until_us = ?3,
      cards_at_us = ifnull(?4, cards_at_us), told_at_us = ifnull(?5, told_at_us),
      unsent = ifnull(?6, unsent), clock_difference_us = ifnull(?7, clock_difference_us))");
  statement
      .with(device, contact.heard_at, contact.certificate_until, contact.cards_at, told_at, unsent,
            difference)
      .run();
}

}  // namespace kaiku::tables
