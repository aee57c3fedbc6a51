#include "kiosk/device/store.hpp"

#include <charconv>

namespace kaiku::kiosk {

std::optional<Enrolment> load_enrolment(Database& database) {
  auto row = database.prepare(R"(
    SELECT device_id, venue_id, venue_name, sector, area_id, device_url, certificate, door_ca,
      root_key, sealing_key
    FROM enrolment
    WHERE one = 1)");
  if (!row.step()) return std::nullopt;
  Enrolment enrolment;
  enrolment.device = DeviceId{row.integer(0)};
  enrolment.venue = VenueId{row.integer(1)};
  enrolment.venue_name = row.text(2);
  enrolment.sector = contract::sector_from(row.text(3)).value_or(contract::Sector::culture);
  enrolment.area_id = row.text(4);
  enrolment.device_url = row.text(5);
  enrolment.certificate = row.text(6);
  enrolment.door_ca = row.text(7);
  enrolment.root_key = row.blob(8);
  enrolment.sealing_key = row.blob(9);
  return enrolment;
}

void save_enrolment(Database& database, Enrolment const& enrolment) {
  Transaction writing(database);
  auto insert = database.prepare(R"(
    INSERT OR REPLACE INTO enrolment (one, device_id, venue_id, venue_name, sector, area_id,
      device_url, certificate, door_ca, root_key, sealing_key)
    VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10))");
  insert.bind(1, enrolment.device.value)
      .bind(2, enrolment.venue.value)
      .bind(3, enrolment.venue_name)
      .bind(4, contract::word_of(enrolment.sector))
      .bind(5, enrolment.area_id)
      .bind(6, enrolment.device_url)
      .bind(7, enrolment.certificate)
      .bind(8, enrolment.door_ca)
      .bind(9, ByteView(enrolment.root_key))
      .bind(10, ByteView(enrolment.sealing_key))
      .step();
  writing.commit();
}

void save_certificate(Database& database, std::string_view certificate) {
  database.prepare("UPDATE enrolment SET certificate = ?1 WHERE one = 1")
      .bind(1, certificate)
      .step();
}

void save_device_url(Database& database, std::string_view url) {
  database.prepare("UPDATE enrolment SET device_url = ?1 WHERE one = 1").bind(1, url).step();
}

std::optional<std::string> setting(Database& database, std::string_view name) {
  auto row = database.prepare("SELECT value FROM setting WHERE name = ?1");
  row.bind(1, name);
  if (!row.step()) return std::nullopt;
  return row.text(0);
}

std::optional<std::int64_t> integer_setting(Database& database, std::string_view name) {
  auto const text = setting(database, name);
  if (!text) return std::nullopt;
  std::int64_t value = 0;
  auto const* end = text->data() + text->size();
  auto const read = std::from_chars(text->data(), end, value);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return value;
}

void set_setting(Database& database, std::string_view name, std::string_view value) {
  database
      .prepare(R"(
        INSERT INTO setting (name, value)
        VALUES (?1, ?2)
        ON CONFLICT (name)
        DO UPDATE SET value = excluded.value)")
      .bind(1, name)
      .bind(2, value)
      .step();
}

}  // namespace kaiku::kiosk
