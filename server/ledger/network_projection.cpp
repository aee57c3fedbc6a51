#include "server/ledger/network_projection.hpp"

#include <set>

#include "schema/contract/admission.hpp"

namespace kaiku::ledger {
namespace {

std::optional<std::int64_t> count_of(std::optional<contract::UseLimit> const& limit) {
  return limit ? std::optional<std::int64_t>(limit->count) : std::nullopt;
}
std::optional<std::int64_t> period_of(std::optional<contract::UseLimit> const& limit) {
  return limit ? std::optional<std::int64_t>(static_cast<std::int64_t>(limit->period))
               : std::nullopt;
}

using MaybeText = std::optional<domain::LocalText>;
std::optional<std::string> in_finnish(MaybeText const& text) {
  return text ? std::optional(text->fi) : std::nullopt;
}
std::optional<std::string> in_swedish(MaybeText const& text) {
  return text ? std::optional(text->sv) : std::nullopt;
}
std::optional<std::string> in_english(MaybeText const& text) {
  return text ? std::optional(text->en) : std::nullopt;
}

// As in projections.cpp.
template <class I>
std::int64_t id_or_sequence(I id, Applied const& recorded) {
  return id ? id.value : recorded.sequence;
}

std::set<std::string> open_members(sql::Connection& db, AreaId const& area) {
  auto query =
      db.prepare("SELECT code FROM municipality_member WHERE area_id = ?1 AND ended_seq IS NULL");
  query.with(area);
  std::set<std::string> codes;
  while (query.step()) codes.emplace(query.text(0));
  return codes;
}

}  // namespace

void apply_members(sql::Connection& db, Applied const& r, AreaSet const& e) {
  auto const today = helsinki_day(r.recorded_at);
  auto gone = open_members(db, e.area);
  for (auto const& municipality : e.municipalities) {
    if (gone.erase(municipality.code) > 0) continue;
    db.prepare(R"(
        INSERT INTO municipality_member (code, seq, area_id, from_day) VALUES (?1, ?2, ?3, ?4))")
        .with(municipality.code, r.sequence, e.area, today)
        .run();
  }
  for (auto const& code : gone) {
    db.prepare(R"(
        UPDATE municipality_member SET to_day = ?3, ended_seq = ?4
        WHERE code = ?1 AND area_id = ?2 AND ended_seq IS NULL)")
        .with(code, e.area, today + -1, r.sequence)
        .run();
  }
}

void apply_office(sql::Connection& db, Applied const& r, OfficeSet const& e) {
  db.prepare(R"(
      INSERT INTO office (office_id, seq, area_id, municipality, postcode, name, letter_name,
        contact, contact_role, work_contact)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
      ON CONFLICT (office_id)
      DO UPDATE SET seq = ?2, municipality = ?4, postcode = ?5, name = ?6, letter_name = ?7,
        contact = ?8, contact_role = ?9, work_contact = ?10)")
      .with(id_or_sequence(e.office, r), r.sequence, e.area, e.municipality, e.postcode, e.name,
            e.letter_name, e.contact, e.contact_role, e.work_contact)
      .run();
}

void apply_venue(sql::Connection& db, Applied const& r, VenueSet const& e) {
  auto const id = id_or_sequence(e.venue, r);
  db.prepare(R"(
      INSERT INTO venue (venue_id, seq, area_id, municipality, sector, name, limit_count,
        limit_period, active, address, fast_by_default, contact_role, work_contact)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
      ON CONFLICT (venue_id)
      DO UPDATE SET seq = ?2, municipality = ?4, sector = ?5, name = ?6, limit_count = ?7,
        limit_period = ?8, active = ?9, address = ?10, fast_by_default = ?11,
        contact_role = ?12, work_contact = ?13)")
      .with(id, r.sequence, e.area, e.municipality, e.sector, e.name, count_of(e.limit),
            period_of(e.limit), e.active, e.address, e.fast_by_default, e.contact_role,
            e.work_contact)
      .run();
  db.prepare(R"(
      INSERT INTO venue_version (venue_id, seq, effective_from_us, area_id, sector,
        limit_count, limit_period, active, municipality)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9))")
      .with(id, r.sequence, r.recorded_at, e.area, e.sector, count_of(e.limit), period_of(e.limit),
            e.active, e.municipality)
      .run();
}

void apply_commitment(sql::Connection& db, Applied const&, CommitmentAccepted const& e) {
  db.prepare("UPDATE office SET commitment_version = ?2 WHERE office_id = ?1")
      .with(e.office, e.version)
      .run();
  db.prepare("UPDATE venue SET commitment_version = ?2 WHERE venue_id = ?1")
      .with(e.venue, e.version)
      .run();
}

void apply_event(sql::Connection& db, Applied const& r, EventSet const& e) {
  auto const id = id_or_sequence(e.event, r);
  db.prepare(R"(
      INSERT INTO event (event_id, seq, venue_id, kind, title_fi, title_sv, title_en,
        starts_at_us, ends_at_us, capacity, quota, quota_percent, limit_count, limit_period,
        children_allowed, sold_out, cancelled, message_fi, message_sv, message_en, face_value)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
        ?19, ?20, ?21)
      ON CONFLICT (event_id)
      DO UPDATE SET seq = ?2, kind = ?4, title_fi = ?5, title_sv = ?6, title_en = ?7,
        starts_at_us = ?8, ends_at_us = ?9, capacity = ?10, quota = ?11, quota_percent = ?12,
        limit_count = ?13, limit_period = ?14, children_allowed = ?15, sold_out = ?16,
        cancelled = ?17, message_fi = ?18, message_sv = ?19, message_en = ?20,
        face_value = ?21)")
      .with(id, r.sequence, e.venue, e.use_kind, e.title.fi, e.title.sv, e.title.en, e.starts_at,
            e.ends_at, e.capacity, e.quota, e.quota_percent, count_of(e.limit), period_of(e.limit),
            e.children_allowed, e.sold_out, e.cancelled, in_finnish(e.door_message),
            in_swedish(e.door_message), in_english(e.door_message), e.face_value)
      .run();
  db.prepare(R"(
      INSERT INTO event_version (event_id, seq, effective_from_us, kind, quota, limit_count,
        limit_period, children_allowed, sold_out, cancelled)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10))")
      .with(id, r.sequence, r.recorded_at, e.use_kind, e.quota, count_of(e.limit),
            period_of(e.limit), e.children_allowed, e.sold_out, e.cancelled)
      .run();
  db.prepare("INSERT INTO event_use (event_id, counted) VALUES (?1, 0) ON CONFLICT DO NOTHING")
      .with(id)
      .run();
}

}  // namespace kaiku::ledger
