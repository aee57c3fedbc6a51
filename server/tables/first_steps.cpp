#include "server/tables/first_steps.hpp"

#include "server/domain/caller.hpp"
#include "server/tables/card_reads.hpp"
#include "server/tables/network.hpp"

namespace kaiku::tables {
namespace {

// In the column first_run_answer.answer.
constexpr int rules_will_do = 1;
constexpr int no_list = 2;

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
constexpr std::string_view accepted_rules =
    "SELECT EXISTS (SELECT 1 FROM first_run_answer WHERE area_id = ?1 AND answer = ?2)";
constexpr std::string_view lineages = "SELECT EXISTS (SELECT 1 FROM lineage WHERE area_id = ?1)";
constexpr std::string_view devices = R"(
    SELECT EXISTS (SELECT 1 FROM device d JOIN venue v ON v.venue_id = d.venue_id
      WHERE v.area_id = ?1 AND d.revoked_at_us IS NULL))";

// A card of a batch that somebody holds was printed, whatever printed it.
constexpr std::string_view given_of_batch = R"(
    SELECT EXISTS (SELECT 1 FROM card_batch b JOIN card c ON c.batch_id = b.batch_id
      WHERE b.area_id = ?1 AND c.lineage_id IS NOT NULL))";

template <class... More>
bool is_there(ledger::ReadTx& tx, std::string_view sql, AreaId const& area, More... more) {
  auto statement = tx.prepare(sql);
  statement.with(area.value, more...);
  statement.step();
  return statement.integer(0) != 0;
}

std::string name_of(std::optional<AreaId> const& area) {
  return area ? area->value : std::string();
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
  steps.has_printed =
      steps.has_batch && (is_there(tx, given_of_batch, area) || has_printed_sheets(tx, area));
  steps.has_stock = is_there(tx, ranges, area);
  steps.has_given_card = is_there(tx, lineages, area);
  auto const kept = find_area(tx, area);
  steps.has_rules = steps.has_given_card || is_there(tx, accepted_rules, area, rules_will_do) ||
                    (kept && kept->policy != domain::Policy{});
  steps.has_device = is_there(tx, devices, area);
  return steps;
}

void accept_rules(ledger::WriteTx& tx, AreaId const& area, AccountId account) {
  tx.prepare(R"(
      INSERT INTO first_run_answer (area_id, account_id, answer) VALUES (?1, ?2, ?3)
      ON CONFLICT DO NOTHING)")
      .with(area.value, account, rules_will_do)
      .run();
}

bool hides_first_run(ledger::ReadTx& tx, std::optional<AreaId> const& area, AccountId account) {
  auto query = tx.prepare(R"(
      SELECT EXISTS (SELECT 1 FROM first_run_answer
        WHERE area_id = ?1 AND account_id = ?2 AND answer = ?3))");
  query.with(name_of(area), account, no_list);
  query.step();
  return query.integer(0) != 0;
}

void set_first_run_hidden(ledger::WriteTx& tx, std::optional<AreaId> const& area, AccountId account,
                          bool hidden) {
  auto statement = tx.prepare(hidden ? std::string_view(R"(
      INSERT INTO first_run_answer (area_id, account_id, answer) VALUES (?1, ?2, ?3)
      ON CONFLICT DO NOTHING)")
                                     : std::string_view(R"(
      DELETE FROM first_run_answer WHERE area_id = ?1 AND account_id = ?2 AND answer = ?3)"));
  statement.with(name_of(area), account, no_list);
  statement.run();
}

}  // namespace kaiku::tables
