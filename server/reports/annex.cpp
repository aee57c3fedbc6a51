#include "server/reports/annex.hpp"

#include <algorithm>

#include "schema/values/faults.hpp"
#include "server/reports/question.hpp"
#include "server/reports/told_figures.hpp"
#include "server/tables/network.hpp"
#include "server/tables/population.hpp"

namespace kaiku::reports {
namespace {

using domain::CellKey;
using domain::Measure;
using domain::Table;

// Whose figures they are, and by which signs its reader sees the network's.
struct AnnexScope {
  std::string municipality;
  AreaId area;
  bool is_national = false;
};

// Cells below the network by the signs for those in charge. A coordinator of one area knows that
// area's own figures: the network's are read by the signs for everybody.
class Reading {
 public:
  Reading(ledger::ReadTx& tx, RunsAsked const& runs, AnnexScope const& scope)
      : tx_(tx),
        runs_(runs),
        scope_(scope),
        below_(tx, runs.up_to_entry(), true, own_area(scope)),
        network_(tx, runs.up_to_entry(), scope.is_national, std::nullopt) {}

  AnnexYear of(int year) {
    AnnexYear told;
    told.year = year;
    told.as_of = as_of_run(*runs_.newest_of(year));
    auto const of = [&](Table table, Measure measure) {
      return sum(year, table, measure).value_or(Figure{});
    };
    told.registered = of(Table::cards_home, Measure::registered);
    told.taken = of(Table::cards_home, Measure::taken);
    told.people = tables::population_of(tx_, scope_.municipality, year);
    told.adults = of(Table::uses_municipality, Measure::adults);
    told.children = of(Table::uses_municipality, Measure::children);
    for (std::size_t at = 0; at < told.by_sector.size(); ++at) {
      told.by_sector.at(at) = of_sector(year, static_cast<contract::Sector>(at));
    }
    told.area = {rate_part(below_, year, Table::cards_area, Measure::taken),
                 rate_part(below_, year, Table::cards_area, Measure::registered)};
    told.network = {rate_part(network_, year, Table::cards_network, Measure::taken),
                    rate_part(network_, year, Table::cards_network, Measure::registered)};
    return told;
  }

 private:
  static std::optional<AreaId> own_area(AnnexScope const& scope) {
    return scope.is_national ? std::nullopt : std::optional(scope.area);
  }

  // Over the rows of the municipality: one that changed its area has some under another, and a
  // coordinator reads these by the signs for everybody. None: it has no row.
  std::optional<Figure> sum(int year, Table table, Measure measure,
                            std::optional<contract::Sector> sector = std::nullopt) {
    std::optional<Figure> total;
    for (auto const& cell : network_.cells(year, table)) {
      auto const& key = cell.key;
      bool const fits = key.municipality == scope_.municipality && key.measure == measure &&
                        key.period == domain::Period{} && key.sector == sector;
      if (!fits) continue;
      auto const figure = (key.area == scope_.area ? below_ : network_).at(year, key);
      total = total ? *total + figure : figure;
    }
    return total;
  }

  // A venue without a use has no row: a sector without rows had none, where venues are told at all.
  Figure of_sector(int year, contract::Sector sector) {
    if (is_left_out(year, Table::uses_venue) || !was_in_network(year)) return {};
    auto const of_measure = [&](Measure measure) {
      auto const figure = sum(year, Table::uses_venue, measure, sector).value_or(shown(0));
      // Rows of another area, which tell a coordinator nothing.
      return figure.is == Figure::Is::not_published ? Figure{Figure::Is::at_least, 0} : figure;
    };
    return of_measure(Measure::adults) + of_measure(Measure::children);
  }
  // Each of its municipalities has a row, with uses or without.
  bool was_in_network(int year) {
    return is_left_out(year, Table::uses_municipality) ||
           sum(year, Table::uses_municipality, Measure::adults).has_value();
  }
  bool is_left_out(int year, Table table) const {
    return std::ranges::any_of(runs_.all(), [&](tables::ReportRun const& run) {
      return run.name.year == year && std::ranges::count(run.left_out, table) > 0;
    });
  }

  Figure rate_part(ToldFigures& told, int year, Table table, Measure measure) const {
    CellKey key{.table = table, .measure = measure};
    if (table == Table::cards_area) key.area = scope_.area;
    return told.at(year, key);
  }

  ledger::ReadTx& tx_;
  RunsAsked const& runs_;
  AnnexScope const& scope_;
  ToldFigures below_;
  ToldFigures network_;
};

Result<AnnexScope> scope_of_annex(ledger::ReadTx& tx, std::string const& municipality,
                                  domain::Caller const& caller) {
  if (!caller.coordinates()) return Error(Problem::forbidden);
  auto const area = tables::area_of_municipality(tx, municipality);
  if (!area) {
    return field_error("/municipality", FaultCode::not_found, "is no municipality of the network");
  }
  bool const is_national = caller.is_national();
  if (!is_national && caller.area != area) return Error(Problem::forbidden);
  return AnnexScope{municipality, *area, is_national};
}

}  // namespace

Result<AnnexReport> draw_annex(ledger::ReadTx& tx, AnnexQuestion const& question,
                               domain::Caller const& caller, Day today) {
  auto const scope = scope_of_annex(tx, question.municipality, caller);
  if (!scope) return scope.error();
  auto const runs = runs_asked(tx, question.as_of, today);
  if (!runs) return runs.error();
  auto years = runs->settled_years();
  std::ranges::sort(years);
  if (years.empty()) return not_published_yet();
  if (years.size() > most_annex_years) {
    years.erase(years.begin(), years.end() - std::ptrdiff_t{most_annex_years});
  }
  AnnexReport report;
  report.municipality = tables::find_municipality(tx, question.municipality).value();
  auto const area = tables::find_area(tx, scope->area);
  report.area_name = area ? area->name.in(caller.language) : scope->area.value;
  Reading reading(tx, *runs, *scope);
  for (auto const year : years) report.years.push_back(reading.of(year));
  return report;
}

std::optional<double> per_thousand(Figure const& count, std::optional<std::int64_t> people) {
  if (!count.value() || !people || *people <= 0) return std::nullopt;
  auto const tenths = (2 * count.count * 10'000 + *people) / (2 * *people);
  return static_cast<double>(tenths) / 10.0;
}

}  // namespace kaiku::reports
