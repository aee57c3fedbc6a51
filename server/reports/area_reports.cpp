#include "server/reports/area_reports.hpp"

#include <algorithm>
#include <set>

#include "schema/values/faults.hpp"
#include "server/reports/question.hpp"
#include "server/reports/year_cells.hpp"
#include "server/tables/network.hpp"

namespace kaiku::reports {
namespace {

using domain::CellKey;
using domain::Measure;
using domain::Table;
using tables::KeptCell;
using tables::ReportRun;

constexpr int first_year = 2010;
constexpr int last_year = 2100;

std::string area_name(ledger::ReadTx& tx, AreaId const& id, contract::Language language) {
  auto const area = tables::find_area(tx, id);
  return area ? area->name.in(language) : id.value;
}

// The settlement that tells the table of a year, which lies so many years before its own.
Result<ReportRun> telling_run(ledger::ReadTx& tx, std::optional<int> year, int years_after,
                              Table table) {
  if (year && (*year < first_year || *year > last_year)) {
    return field_error("/year", FaultCode::out_of_range, "has to be a year from 2010 to 2100");
  }
  std::optional<ReportRun> newest;
  for (auto const& run : tables::list_runs(tx)) {
    bool const tells = std::ranges::find(run.left_out, table) == run.left_out.end();
    if (!run.name.is_settlement() || !tells) continue;
    if (year ? run.name.year != *year + years_after : newest && run.name.year < newest->name.year) {
      continue;
    }
    newest = run;
  }
  if (!newest) return not_published_yet();
  return *newest;
}

// One table as a run told it, to one audience.
class ToldTable {
 public:
  ToldTable(ledger::ReadTx& tx, ReportRun const& run, Table table)
      : cells_(tables::told_cells(tx, run.name.year, run.entry, {table, std::nullopt})) {}
  std::vector<KeptCell> const& cells() const { return cells_; }
  KeptCell const* find(CellKey const& key) const {
    auto const found = std::ranges::lower_bound(cells_, key, {}, &KeptCell::key);
    return found == cells_.end() || found->key != key ? nullptr : &*found;
  }
  Figure at(CellKey const& key, bool is_in_charge) const {
    auto const* cell = find(key);
    if (cell == nullptr) return {};
    if (is_in_charge) return figure_of(cell->in_charge, cell->count);
    return cell->openly ? figure_of(*cell->openly, cell->count) : Figure{};
  }

 private:
  std::vector<KeptCell> cells_;
};

// --- cohorts -------------------------------------------------------------------------------------

CohortFigures cohort_of(ToldTable const& told, AreaId const& area, bool is_in_charge) {
  auto const of = [&](char const* label) {
    return told.at({.table = Table::cohort,
                    .area = area,
                    .measure = area.value.empty() ? Measure::whole : Measure::part,
                    .label = label},
                   is_in_charge);
  };
  return {of(labels::cohort_registered), of(labels::used_30), of(labels::used_90),
          of(labels::used_365)};
}

// --- flows ---------------------------------------------------------------------------------------

// Areas of a year, by name; of all that anything was told of.
std::vector<FlowPlace> places_of(ledger::ReadTx& tx, std::set<AreaId> const& areas,
                                 contract::Language language) {
  std::vector<FlowPlace> places;
  for (auto const& area : areas) places.push_back({area, area_name(tx, area, language)});
  return places;
}

CellKey flow_key(FlowPlace const& home, AreaId const& venue_area) {
  return {.table = Table::flows,
          .area = venue_area,
          .measure = Measure::part,
          .label = home.area ? home.area->value : labels::home_not_known};
}

// Nobody came from where there is no cell, unless all that came is withheld.
Figure flow_at(ToldTable const& told, FlowPlace const& home, AreaId const& venue_area,
               Figure const& all) {
  auto const key = flow_key(home, venue_area);
  if (told.find(key) != nullptr) return told.at(key, true);
  if (all.is == Figure::Is::shown) return shown(0);
  return all.is == Figure::Is::not_published ? Figure{} : Figure{Figure::Is::complementary, 0};
}

void put_flows(FlowReport& report, ToldTable const& told, std::vector<Figure> const& all) {
  for (std::size_t home = 0; home < report.homes.size(); ++home) {
    auto& row = report.adults.emplace_back();
    for (std::size_t venue = 0; venue < report.venues.size(); ++venue) {
      auto const& to = report.venues[venue].area.value();
      row.push_back(report.concerns(home, venue) ? flow_at(told, report.homes[home], to, all[venue])
                                                 : Figure{});
    }
  }
}

}  // namespace

bool FlowReport::concerns(std::size_t home, std::size_t venue) const {
  return !area || homes.at(home).area == area || venues.at(venue).area == area;
}

Result<CohortReport> draw_cohorts(ledger::ReadTx& tx, AreaQuestion const& question,
                                  domain::Caller const& caller) {
  auto const scope = scope_of(tx, question.area, question.is_network_wanted, caller);
  if (!scope) return scope.error();
  if (scope->level == Level::venue) return Error(Problem::forbidden);
  auto const run = telling_run(tx, question.year, 1, Table::cohort);
  if (!run) return run.error();
  ToldTable const told(tx, *run, Table::cohort);
  // The first settled year has none before it.
  if (told.cells().empty()) return not_published_yet();
  CohortReport report;
  report.year = run->name.year - 1;
  report.area = scope->area;
  report.as_of = as_of_run(*run);
  report.network = cohort_of(told, {}, caller.is_national());
  std::set<AreaId> areas;
  if (scope->area) {
    areas.insert(*scope->area);
  } else if (scope->is_in_charge) {
    for (auto const& cell : told.cells()) areas.insert(cell.key.area);
    areas.erase(AreaId{});
  }
  for (auto const& area : areas) {
    report.rows.push_back(
        {area, area_name(tx, area, caller.language), cohort_of(told, area, true)});
  }
  return report;
}

Result<FlowReport> draw_flows(ledger::ReadTx& tx, AreaQuestion const& question,
                              domain::Caller const& caller) {
  auto const scope = scope_of(tx, question.area, question.is_network_wanted, caller);
  if (!scope) return scope.error();
  if (scope->level == Level::venue || !scope->is_in_charge) return Error(Problem::forbidden);
  auto const run = telling_run(tx, question.year, 0, Table::flows);
  if (!run) return run.error();
  ToldTable const told(tx, *run, Table::flows);
  ToldTable const uses(tx, *run, Table::uses_area);
  FlowReport report;
  report.year = run->name.year;
  report.area = scope->area;
  report.as_of = as_of_run(*run);
  std::set<AreaId> areas;
  for (auto const& cell : uses.cells()) areas.insert(cell.key.area);
  if (areas.empty() || (report.area && !areas.contains(*report.area))) return not_published_yet();
  report.venues = places_of(tx, areas, caller.language);
  for (auto const& cell : told.cells()) {
    bool const is_part = cell.key.measure == Measure::part;
    if (is_part && cell.key.label != labels::home_not_known) areas.insert(AreaId{cell.key.label});
  }
  report.homes = places_of(tx, areas, caller.language);
  report.homes.emplace_back();
  std::vector<Figure> all;  // of which a column is the division, as those in charge read it
  for (auto const& venue : report.venues) {
    CellKey const adults{.table = Table::uses_area, .area = venue.area.value()};
    all.push_back(uses.at(adults, true));
    bool const is_own = !report.area || venue.area == report.area;
    report.totals.push_back(is_own ? all.back() : uses.at(adults, caller.is_national()));
  }
  put_flows(report, told, all);
  return report;
}

}  // namespace kaiku::reports
