#include "server/tables/devices.hpp"

#include "server/keys/vault.hpp"
#include "server/tables/kept_rows.hpp"

namespace kaiku::tables {
namespace {

constexpr std::string_view enrolment_purpose = "enrolment code";

Device read_device(sql::Statement& row) {
  Device device;
  device.id = row.id<DeviceId>(0);
  device.seq = row.integer(1);
  device.venue = row.id<VenueId>(2);
  device.name = std::string(row.text(3));
  auto const spki = row.blob(4);
  device.spki.assign(spki.begin(), spki.end());
  device.enrolled_at = Instant{row.integer(5)};
  if (!row.is_null(6)) device.revoked_at = Instant{row.integer(6)};
  device.stolen = row.integer(7) != 0;
  return device;
}

}  // namespace

domain::Caller caller_of(Device const& device) {
  domain::Caller caller;
  caller.role = domain::Role::device;
  caller.actor = {domain::ActorKind::device, device.id.value};
  caller.venues.push_back(device.venue);
  return caller;
}

std::optional<Device> find_device(ledger::ReadTx& tx, DeviceId id) {
  auto row = tx.prepare(R"(
    SELECT device_id, seq, venue_id, name, spki, enrolled_at_us, revoked_at_us, stolen
    FROM device
    WHERE device_id = ?1)");
  row.with(id);
  if (!row.step()) return std::nullopt;
  return read_device(row);
}

std::optional<Device> find_device_by_spki(ledger::ReadTx& tx, ByteView spki_der) {
  std::string const key(text_of(spki_der));
  return kept_or(tx, &KeptRows::devices, key, [&]() -> std::optional<Device> {
    auto row = tx.prepare(R"(
      SELECT device_id, seq, venue_id, name, spki, enrolled_at_us, revoked_at_us, stolen
      FROM device
      WHERE spki = ?1)");
    row.with(spki_der);
    if (!row.step()) return std::nullopt;
    return read_device(row);
  });
}

std::vector<Device> list_devices(ledger::ReadTx& tx, std::optional<VenueId> venue,
                                 std::optional<AreaId> const& area, Page page) {
  auto row = tx.prepare(R"(
    SELECT d.device_id, d.seq, d.venue_id, d.name, d.spki, d.enrolled_at_us, d.revoked_at_us,
      d.stolen
    FROM device d
    JOIN venue v USING (venue_id)
    WHERE d.device_id > ?1 AND (?2 IS NULL OR d.venue_id = ?2) AND (?3 IS NULL OR v.area_id =
      ?3)
    ORDER BY d.device_id LIMIT ?4)");
  row.with(page.after, venue, area, page.limit);
  std::vector<Device> devices;
  while (row.step()) devices.push_back(read_device(row));
  return devices;
}

std::vector<Device> newest_devices(ledger::ReadTx& tx, std::optional<VenueId> venue,
                                   std::optional<AreaId> const& area,
                                   std::optional<DeviceId> before, int limit) {
  auto row = tx.prepare(R"(
    SELECT d.device_id, d.seq, d.venue_id, d.name, d.spki, d.enrolled_at_us, d.revoked_at_us,
      d.stolen
    FROM device d
    JOIN venue v USING (venue_id)
    WHERE (?1 IS NULL OR d.device_id < ?1) AND (?2 IS NULL OR d.venue_id = ?2) AND (?3 IS NULL
      OR v.area_id = ?3)
    ORDER BY d.device_id DESC LIMIT ?4)");
  row.with(before, venue, area, limit);
  std::vector<Device> devices;
  while (row.step()) devices.push_back(read_device(row));
  return devices;
}

std::int64_t count_devices(ledger::ReadTx& tx, std::optional<VenueId> venue,
                           std::optional<AreaId> const& area) {
  auto row = tx.prepare(R"(
    SELECT COUNT(*)
    FROM device d
    JOIN venue v USING (venue_id)
    WHERE (?1 IS NULL OR d.venue_id = ?1) AND (?2 IS NULL OR v.area_id = ?2))");
  row.with(venue, area);
  row.step();
  return row.integer(0);
}

void insert_enrolment_code(ledger::WriteTx& tx, std::string_view code, EnrolmentCode const& what) {
  auto const lookup = keys::lookup_value(tx.keys(), enrolment_purpose, code);
  auto const made_by = what.made_by.packed();
  auto statement = tx.prepare(R"(
    INSERT INTO enrolment_code (code_lookup, venue_id, made_by, until_us, uses_left)
    VALUES (?1, ?2, ?3, ?4, ?5))");
  statement.with(lookup, what.venue, made_by, what.until, what.uses_left);
  statement.run();
}

std::optional<EnrolmentCode> find_enrolment_code(ledger::ReadTx& tx, std::string_view code) {
  auto const lookup = keys::lookup_value(tx.keys(), enrolment_purpose, code);
  auto row = tx.prepare(
      "SELECT venue_id, made_by, until_us, uses_left FROM enrolment_code WHERE code_lookup = ?1");
  row.with(lookup);
  if (!row.step()) return std::nullopt;
  EnrolmentCode found;
  found.venue = row.id<VenueId>(0);
  found.made_by = domain::Actor::unpack(row.integer(1));
  if (!row.is_null(2)) found.until = Instant{row.integer(2)};
  found.uses_left = row.maybe_integer(3);
  return found;
}

bool take_enrolment_use(ledger::WriteTx& tx, std::string_view code, Instant now) {
  auto const lookup = keys::lookup_value(tx.keys(), enrolment_purpose, code);
  auto statement = tx.prepare(R"(
    UPDATE enrolment_code SET uses_left = uses_left - 1
    WHERE code_lookup = ?1 AND (until_us IS NULL OR until_us > ?2) AND (uses_left IS NULL OR
      uses_left > 0))");
  statement.with(lookup, now);
  statement.run();
  return statement.changes() == 1;
}

void forget_enrolment_codes_ended_before(ledger::WriteTx& tx, Instant at) {
  auto statement = tx.prepare("DELETE FROM enrolment_code WHERE until_us < ?1");
  statement.with(at);
  statement.run();
}

}  // namespace kaiku::tables
