#include "server/tables/network.hpp"

#include "server/ledger/entry_codec.hpp"
#include "server/tables/kept_rows.hpp"

namespace kaiku::tables {
namespace {

std::optional<contract::UseLimit> limit_from(sql::Statement const& row, int count, int period) {
  if (row.is_null(count)) return std::nullopt;
  return contract::UseLimit{row.small(count),
                            static_cast<contract::LimitPeriod>(row.small(period))};
}

domain::LocalText text_from(sql::Statement const& row, int first) {
  return {std::string(row.text(first)), std::string(row.text(first + 1)),
          std::string(row.text(first + 2))};
}

Area area_from(sql::Statement const& row) {
  return {AreaId{std::string(row.text(0))}, row.integer(1), text_from(row, 2),
          ledger::decode_policy(row.blob(5))};
}

std::optional<std::string> maybe_text(sql::Statement const& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return std::string(row.text(column));
}

Office office_from(sql::Statement const& row) {
  return {row.id<OfficeId>(0),      row.integer(1),           AreaId{std::string(row.text(2))},
          std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(5)),
          maybe_text(row, 6),       maybe_text(row, 7),       maybe_text(row, 8),
          maybe_text(row, 9),       row.integer(10)};
}

Venue venue_from(sql::Statement const& row) {
  return {row.id<VenueId>(0),
          row.integer(1),
          AreaId{std::string(row.text(2))},
          std::string(row.text(3)),
          static_cast<contract::Sector>(row.small(4)),
          std::string(row.text(5)),
          limit_from(row, 6, 7),
          row.integer(8) != 0,
          maybe_text(row, 9),
          row.integer(10) != 0,
          maybe_text(row, 11),
          maybe_text(row, 12),
          row.integer(13)};
}

// The columns that event_from reads. A caller keeps the text: its address is the statement's key.
std::string select_event(std::string_view rest) {
  return R"(
    SELECT event_id, event.seq, venue_id, kind, title_fi, title_sv, title_en, starts_at_us,
      ends_at_us, capacity, quota, quota_percent, event.limit_count, event.limit_period,
      children_allowed, sold_out, cancelled, counted, message_fi, message_sv, message_en,
      face_value
    FROM event
    JOIN event_use USING (event_id) )" +
         std::string(rest);
}

Event event_from(sql::Statement const& row) {
  Event event;
  event.id = row.id<EventId>(0);
  event.seq = row.integer(1);
  event.venue = row.id<VenueId>(2);
  event.use_kind = static_cast<contract::UseKind>(row.small(3));
  event.title = text_from(row, 4);
  event.starts_at = {row.integer(7)};
  event.ends_at = {row.integer(8)};
  event.capacity = row.maybe_integer(9);
  event.quota = row.maybe_integer(10);
  event.quota_percent = row.maybe_integer(11);
  event.limit = limit_from(row, 12, 13);
  event.children_allowed = row.integer(14) != 0;
  event.sold_out = row.integer(15) != 0;
  event.cancelled = row.integer(16) != 0;
  event.places_used = row.integer(17);
  if (!row.is_null(18)) event.door_message = text_from(row, 18);
  event.face_value = row.maybe_integer(21);
  return event;
}

void insert_postcodes(ledger::WriteTx& tx, PostcodeRows const& rows) {
  for (auto const& [postcode, municipality] : rows) {
    tx.prepare(
          "INSERT INTO postcode (postcode, municipality) VALUES (?1, ?2) ON CONFLICT DO NOTHING")
        .with(postcode, municipality)
        .run();
  }
}

template <class Row, class Make>
std::vector<Row> all_rows(sql::Statement& query, Make make) {
  std::vector<Row> rows;
  while (query.step()) rows.push_back(make(query));
  return rows;
}

std::optional<Area> read_area(ledger::ReadTx& tx, AreaId const& id) {
  auto query = tx.prepare(
      "SELECT area_id, seq, name_fi, name_sv, name_en, policy FROM area WHERE area_id = ?1");
  query.with(id);
  if (!query.step()) return std::nullopt;
  return area_from(query);
}

}  // namespace

std::optional<Area> find_area(ledger::ReadTx& tx, AreaId const& id) {
  return kept_or(tx, &KeptRows::areas, id.value, [&] { return read_area(tx, id); });
}

std::optional<domain::Policy> policy_of(ledger::ReadTx& tx, AreaId const& id) {
  auto const find = [&] { return read_area(tx, id); };
  auto const part = [](Area const& area) { return area.policy; };
  return kept_part_or(tx, &KeptRows::areas, id.value, find, part);
}

std::vector<Area> list_areas(ledger::ReadTx& tx) {
  auto query = tx.prepare(
      "SELECT area_id, seq, name_fi, name_sv, name_en, policy FROM area ORDER BY area_id");
  return all_rows<Area>(query, area_from);
}

std::vector<domain::Municipality> municipalities_of(ledger::ReadTx& tx, AreaId const& area) {
  auto query = tx.prepare(
      "SELECT code, name_fi, name_sv, name_en FROM municipality WHERE area_id = ?1 ORDER BY code");
  query.with(area);
  return all_rows<domain::Municipality>(query, [](sql::Statement const& row) {
    return domain::Municipality{std::string(row.text(0)), text_from(row, 1)};
  });
}

std::optional<AreaId> area_of_municipality(ledger::ReadTx& tx, std::string_view code) {
  auto query = tx.prepare("SELECT area_id FROM municipality WHERE code = ?1");
  query.with(code);
  if (!query.step()) return std::nullopt;
  return AreaId{std::string(query.text(0))};
}

std::optional<domain::Municipality> find_municipality(ledger::ReadTx& tx, std::string_view code) {
  auto query =
      tx.prepare("SELECT code, name_fi, name_sv, name_en FROM municipality WHERE code = ?1");
  query.with(code);
  if (!query.step()) return std::nullopt;
  return domain::Municipality{std::string(query.text(0)), text_from(query, 1)};
}

bool has_postcode_table(ledger::ReadTx& tx) {
  auto query = tx.prepare("SELECT 1 FROM postcode LIMIT 1");
  return query.step();
}

std::vector<std::string> municipalities_of_postcode(ledger::ReadTx& tx, std::string_view postcode) {
  auto query =
      tx.prepare("SELECT municipality FROM postcode WHERE postcode = ?1 ORDER BY municipality");
  query.with(postcode);
  return all_rows<std::string>(query,
                               [](sql::Statement const& row) { return std::string(row.text(0)); });
}

std::vector<std::string> municipalities_without_postcode(ledger::ReadTx& tx) {
  auto query = tx.prepare(R"(
    SELECT code
    FROM municipality
    WHERE code NOT IN (SELECT municipality FROM postcode)
    ORDER BY code)");
  return all_rows<std::string>(query,
                               [](sql::Statement const& row) { return std::string(row.text(0)); });
}

std::int64_t count_postcodes_outside(ledger::ReadTx& tx) {
  auto query = tx.prepare(
      "SELECT COUNT(*) FROM postcode WHERE municipality NOT IN (SELECT code FROM municipality)");
  query.step();
  return query.integer(0);
}

void replace_postcodes(ledger::WriteTx& tx, PostcodeRows const& rows) {
  tx.prepare("DELETE FROM postcode").run();
  insert_postcodes(tx, rows);
}

PostcodeRows postcodes_of(ledger::ReadTx& tx, AreaId const& area) {
  auto query = tx.prepare(R"(
    SELECT postcode, postcode.municipality
    FROM postcode
    JOIN municipality ON municipality.code = postcode.municipality
    WHERE area_id = ?1
    ORDER BY postcode, postcode.municipality)");
  query.with(area);
  return all_rows<PostcodeRows::value_type>(query, [](sql::Statement const& row) {
    return PostcodeRows::value_type{row.text(0), row.text(1)};
  });
}

void replace_postcodes_of(ledger::WriteTx& tx, AreaId const& area, PostcodeRows const& rows) {
  tx.prepare(R"(
      DELETE FROM postcode
      WHERE municipality IN (SELECT code FROM municipality WHERE area_id = ?1))")
      .with(area)
      .run();
  insert_postcodes(tx, rows);
}

InMunicipality count_in_municipality(ledger::ReadTx& tx, std::string_view code, Day today) {
  auto query = tx.prepare(R"(
    SELECT (SELECT COUNT(*) FROM office WHERE municipality = ?1),
      (SELECT COUNT(*) FROM venue WHERE municipality = ?1 AND active = 1),
      (SELECT COUNT(*)
       FROM card
       JOIN lineage USING (lineage_id)
       WHERE municipality = ?1 AND card.state = ?2 AND last_valid >= ?3))");
  query.with(code, contract::StoredState::registered, today);
  query.step();
  return {query.integer(0), query.integer(1), query.integer(2)};
}

std::optional<Office> find_office(ledger::ReadTx& tx, OfficeId id) {
  auto query = tx.prepare(R"(
    SELECT office_id, seq, area_id, municipality, postcode, name, letter_name, contact,
      contact_role, work_contact, commitment_version
    FROM office
    WHERE office_id = ?1)");
  query.with(id);
  if (!query.step()) return std::nullopt;
  return office_from(query);
}

std::vector<Office> list_offices(ledger::ReadTx& tx, std::optional<AreaId> const& area, Page page) {
  auto query = tx.prepare(R"(
    SELECT office_id, seq, area_id, municipality, postcode, name, letter_name, contact,
      contact_role, work_contact, commitment_version
    FROM office
    WHERE office_id > ?1 AND (?2 IS NULL OR area_id = ?2)
    ORDER BY office_id LIMIT ?3)");
  query.with(page.after, area, page.limit);
  return all_rows<Office>(query, office_from);
}

std::optional<Venue> find_venue(ledger::ReadTx& tx, VenueId id) {
  return kept_or(tx, &KeptRows::venues, id, [&]() -> std::optional<Venue> {
    auto query = tx.prepare(R"(
      SELECT venue_id, seq, area_id, municipality, sector, name, limit_count, limit_period,
        active, address, fast_by_default, contact_role, work_contact, commitment_version
      FROM venue
      WHERE venue_id = ?1)");
    query.with(id);
    if (!query.step()) return std::nullopt;
    return venue_from(query);
  });
}

std::vector<Venue> list_venues(ledger::ReadTx& tx, std::optional<AreaId> const& area, Page page) {
  auto query = tx.prepare(R"(
    SELECT venue_id, seq, area_id, municipality, sector, name, limit_count, limit_period,
      active, address, fast_by_default, contact_role, work_contact, commitment_version
    FROM venue
    WHERE venue_id > ?1 AND (?2 IS NULL OR area_id = ?2)
    ORDER BY venue_id LIMIT ?3)");
  query.with(page.after, area, page.limit);
  return all_rows<Venue>(query, venue_from);
}

OpenCommitments count_open_commitments(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                       std::int64_t version) {
  auto query = tx.prepare(R"(
    SELECT (SELECT COUNT(*) FROM office INDEXED BY office_by_commitment
            WHERE commitment_version < ?2 AND (?1 IS NULL OR area_id = ?1)),
      (SELECT COUNT(*) FROM venue INDEXED BY venue_by_commitment
       WHERE commitment_version < ?2 AND active = 1 AND (?1 IS NULL OR area_id = ?1)))");
  query.with(area, version);
  query.step();
  return {query.integer(0), query.integer(1)};
}

ledger::AreaSet entry_of(ledger::ReadTx& tx, Area const& area) {
  return {area.id, area.name, municipalities_of(tx, area.id), area.policy};
}

ledger::OfficeSet entry_of(Office const& office) {
  return {office.id,          office.area,    office.municipality, office.postcode,    office.name,
          office.letter_name, office.contact, office.contact_role, office.work_contact};
}

ledger::VenueSet entry_of(Venue const& venue) {
  return {venue.id,           venue.area,        venue.municipality,
          venue.sector,       venue.name,        venue.limit,
          venue.active,       venue.address,     venue.fast_by_default,
          venue.contact_role, venue.work_contact};
}

std::optional<Event> find_event(ledger::ReadTx& tx, EventId id) {
  static std::string const sql = select_event(R"(
    WHERE event_id = ?1)");
  auto query = tx.prepare(sql);
  query.with(id);
  if (!query.step()) return std::nullopt;
  return event_from(query);
}

std::vector<Event> list_events(ledger::ReadTx& tx, std::optional<VenueId> venue,
                               std::optional<AreaId> const& area, Instant from, Page page) {
  static std::string const sql = select_event(R"(
    JOIN venue USING (venue_id)
    WHERE event_id > ?1 AND (?2 IS NULL OR venue_id = ?2) AND (?3 IS NULL OR area_id = ?3) AND
      ends_at_us >= ?4
    ORDER BY event_id LIMIT ?5)");
  auto query = tx.prepare(sql);
  query.with(page.after, venue, area, from, page.limit);
  return all_rows<Event>(query, event_from);
}

std::vector<Event> events_at_door(ledger::ReadTx& tx, VenueId venue, Instant from, Instant to) {
  static std::string const sql = select_event(R"(
    WHERE venue_id = ?1 AND starts_at_us < ?3 AND ends_at_us >= ?2
    ORDER BY starts_at_us, event_id)");
  auto query = tx.prepare(sql);
  query.with(venue, from, to);
  return all_rows<Event>(query, event_from);
}

std::optional<domain::Policy> policy_at(ledger::ReadTx& tx, AreaId const& id, Instant at) {
  auto query = tx.prepare(R"(
    SELECT policy
    FROM area_version
    WHERE area_id = ?1 AND effective_from_us <= ?2
    ORDER BY seq DESC LIMIT 1)");
  query.with(id, at);
  if (!query.step()) return std::nullopt;
  return ledger::decode_policy(query.blob(0));
}

std::optional<Venue> venue_at(ledger::ReadTx& tx, VenueId id, Instant at) {
  auto venue = find_venue(tx, id);
  if (!venue) return std::nullopt;
  auto query = tx.prepare(R"(
    SELECT area_id, sector, limit_count, limit_period, active
    FROM venue_version
    WHERE venue_id = ?1 AND effective_from_us <= ?2
    ORDER BY seq DESC LIMIT 1)");
  query.with(id, at);
  if (!query.step()) return venue;  // entered later: what is known is what held
  venue->area = AreaId{std::string(query.text(0))};
  venue->sector = static_cast<contract::Sector>(query.small(1));
  venue->limit = limit_from(query, 2, 3);
  venue->active = query.integer(4) != 0;
  return venue;
}

std::optional<Event> event_at(ledger::ReadTx& tx, EventId id, Instant at) {
  auto event = find_event(tx, id);
  if (!event) return std::nullopt;
  auto query = tx.prepare(R"(
    SELECT kind, quota, limit_count, limit_period, children_allowed, sold_out, cancelled
    FROM event_version
    WHERE event_id = ?1 AND effective_from_us <= ?2
    ORDER BY seq DESC LIMIT 1)");
  query.with(id, at);
  if (!query.step()) return event;  // entered after it took place: what is known is what held
  event->use_kind = static_cast<contract::UseKind>(query.small(0));
  event->quota = query.maybe_integer(1);
  event->limit = limit_from(query, 2, 3);
  event->children_allowed = query.integer(4) != 0;
  event->sold_out = query.integer(5) != 0;
  event->cancelled = query.integer(6) != 0;
  return event;
}

}  // namespace kaiku::tables
