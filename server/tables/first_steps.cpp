#include "server/tables/first_steps.hpp"

#include "server/domain/caller.hpp"

namespace kaiku::tables {
namespace {

constexpr std::string_view municipalities =
    "SELECT EXISTS (SELECT 1 FROM municipality WHERE area_id = ?1)";
constexpr std::string_view without_postcode = R"(
    SELECT EXISTS (SELECT 1 FROM municipality m WHERE m.area_id = ?1 AND NOT EXISTS
      (SELECT 1 FROM postcode p WHERE p.municipality = m.code)))";
constexpr std::string_view offices = "SELECT EXISTS (SELECT 1 FROM office WHERE area_id = ?1)";
constexpr std::string_view venues =
    "SELECT EXISTS (SELECT 1 FROM venue WHERE area_id = ?1 AND active = 1)";
constexpr std::string_view workers = R"(
    SELECT EXISTS (SELECT 1 FROM account a JOIN office o ON o.office_id = a.office_id
      WHERE o.area_id = ?1 AND a.disabled = 0))";
constexpr std::string_view staff = R"(
    SELECT EXISTS (SELECT 1 FROM account a JOIN venue v ON v.venue_id = a.venue_id
      WHERE v.area_id = ?1 AND a.disabled = 0))";
constexpr std::string_view batches = "SELECT EXISTS (SELECT 1 FROM card_batch WHERE area_id = ?1)";
constexpr std::string_view ranges = R"(
    SELECT EXISTS (SELECT 1 FROM stock_range r JOIN office o ON o.office_id = r.office_id
      WHERE o.area_id = ?1))";
constexpr std::string_view lineages = "SELECT EXISTS (SELECT 1 FROM lineage WHERE area_id = ?1)";
constexpr std::string_view devices = R"(
    SELECT EXISTS (SELECT 1 FROM device d JOIN venue v ON v.venue_id = d.venue_id
      WHERE v.area_id = ?1 AND d.revoked_at_us IS NULL))";

bool is_there(ledger::ReadTx& tx, std::string_view sql, AreaId const& area) {
  auto statement = tx.prepare(sql);
  statement.with(area.value);
  statement.step();
  return statement.integer(0) != 0;
}

}  // namespace

FirstSteps first_steps_of(ledger::ReadTx& tx, AreaId const& area) {
  FirstSteps steps;
  steps.has_municipalities = is_there(tx, municipalities, area);
  steps.has_postcodes = steps.has_municipalities && !is_there(tx, without_postcode, area);
  steps.has_office = is_there(tx, offices, area);
  steps.has_venue = is_there(tx, venues, area);
  steps.has_worker = is_there(tx, workers, area);
  steps.has_venue_staff = is_there(tx, staff, area);
  steps.has_batch = is_there(tx, batches, area);
  steps.has_stock = is_there(tx, ranges, area);
  steps.has_given_card = is_there(tx, lineages, area);
  steps.has_device = is_there(tx, devices, area);
  return steps;
}

}  // namespace kaiku::tables
