#include "server/reports/annual.hpp"

#include <algorithm>
#include <array>

#include "schema/values/faults.hpp"
#include "server/reports/catalogue.hpp"
#include "server/reports/live_figures.hpp"
#include "server/reports/question.hpp"
#include "server/reports/told_figures.hpp"
#include "server/reports/year_cells.hpp"
#include "server/tables/true_counts.hpp"

namespace kaiku::reports {
namespace {

using domain::CellKey;
using domain::Table;

constexpr std::array<std::string_view, 4> state_words{"settled", "closed", "working", "own"};
constexpr std::array<std::string_view, 10> group_words{"none",    "area",  "municipality", "home",
                                                       "office",  "venue", "sector",       "month",
                                                       "quarter", "year"};
constexpr int first_year = 2010;
constexpr int last_year = 2100;

std::int64_t count_municipalities(ledger::ReadTx& tx, int year, std::optional<AreaId> const& area,
                                  std::int64_t as_of) {
  auto const network = tables::network_of_year(tx, year, as_of);
  return std::ranges::count_if(network.municipalities, [&](auto const& municipality) {
    return !area || municipality.second == *area;
  });
}

// A part of a table of one level: of the area, or of the whole network.
CellKey beside_key(Table table, char const* label, std::optional<AreaId> const& area) {
  CellKey key{.table = table, .label = label};
  key.area = area.value_or(AreaId{});
  key.measure = area ? domain::Measure::part : domain::Measure::whole;
  return key;
}

void add_beside(Measures& into, ToldFigures& told, int year, std::optional<AreaId> const& area) {
  auto const of = [&](Table table, char const* label) {
    return told.at(year, beside_key(table, label, area));
  };
  into.assistants = of(Table::beside, labels::assistants);
  into.interpreters = of(Table::beside, labels::interpreters);
  into.companions = of(Table::beside, labels::companions);
  into.community_cards = of(Table::community, labels::cards);
  into.community_uses = of(Table::community, labels::uses);
}

// What runs have told of the year. One that is not settled has its closed quarters, and no sum of
// them is the year's.
Measures told_measures(ToldFigures& told, RunsAsked const& runs, Scope const& scope, int year) {
  auto const& grouping = *find_grouping(GroupBy::none, scope.level);
  auto const [first, last] = days_of({year, {}});
  auto const parts = fewest_parts(Grain::quarter, first, last, runs.settled_years());
  CellKey row;
  row.area = scope.area.value_or(AreaId{});
  auto measures = told.measures(row, grouping.cards, grouping.uses, parts);
  add_beside(measures, told, year, scope.area);
  return measures;
}

Result<AnnualReport> own_annual(ledger::ReadTx& tx, AnnualQuestion const& question,
                                Scope const& scope) {
  // What a venue had counted earlier would tell it of nobody else, and no run tells its own.
  if (question.as_of || question.since) return Error(Problem::forbidden);
  AnnualReport report;
  report.year = question.year;
  report.venue = scope.venue;
  report.state = State::own;
  report.as_of = as_of_now(tx);
  report.measures =
      OwnFigures(tx, *scope.venue, report.as_of.sequence).measures({{question.year, {}}});
  return report;
}

AnnualReport working_annual(ledger::ReadTx& tx, int year, Scope const& scope) {
  AnnualReport report;
  report.year = year;
  report.area = scope.area;
  report.state = State::working;
  report.as_of = as_of_now(tx);
  auto const counts = tables::sum_year(tx, year);
  report.measures = working_measures(counts, scope.area);
  report.municipalities = count_municipalities(tx, year, scope.area, report.as_of.sequence);
  return report;
}

Result<AnnualReport> told_annual(ledger::ReadTx& tx, int year, Scope const& scope,
                                 RunsAsked const& runs) {
  auto const* const newest = runs.newest_of(year);
  if (newest == nullptr) return not_published_yet();
  ToldFigures told(tx, runs.up_to_entry(), scope.is_in_charge, scope.area);
  AnnualReport report;
  report.year = year;
  report.area = scope.area;
  report.state = runs.is_settled(year) ? State::settled : State::closed;
  report.as_of = as_of_run(*newest);
  report.measures = told_measures(told, runs, scope, year);
  auto const late = told.at(year, beside_key(Table::judged, labels::late_percent, scope.area));
  if (auto const percent = late.value()) report.late_percent = static_cast<int>(*percent);
  report.municipalities = count_municipalities(tx, year, scope.area, newest->as_of);
  return report;
}

void add_previous_year(ledger::ReadTx& tx, AnnualReport& report, Scope const& scope,
                       RunsAsked const& runs) {
  if (!runs.is_settled(report.year - 1)) return;
  ToldFigures told(tx, runs.up_to_entry(), scope.is_in_charge, scope.area);
  report.previous_year = told_measures(told, runs, scope, report.year - 1);
}

Result<void> add_earlier_run(ledger::ReadTx& tx, AnnualReport& report, std::string const& since,
                             Scope const& scope, RunsAsked const& runs) {
  auto const name = domain::run_name_from(since);
  auto const run = name ? tables::find_run(tx, *name) : std::nullopt;
  if (!run) return field_error("/since", FaultCode::not_found, "is no run that was published");
  if (report.state == State::working || run->entry > runs.up_to_entry()) {
    return field_error("/since", FaultCode::out_of_range, "is later than the figures asked for");
  }
  auto const earlier = runs.up_to(run->entry);
  ToldFigures told(tx, earlier.up_to_entry(), scope.is_in_charge, scope.area);
  report.earlier_run = told_measures(told, earlier, scope, report.year);
  return {};
}

}  // namespace

std::string_view word_of(State state) { return state_words.at(static_cast<std::size_t>(state)); }

std::string_view word_of(GroupBy group) { return group_words.at(static_cast<std::size_t>(group)); }

std::optional<GroupBy> group_by_from(std::string_view word) {
  auto const* const found = std::ranges::find(group_words, word);
  if (found == group_words.end()) return std::nullopt;
  return static_cast<GroupBy>(found - group_words.begin());
}

Result<AnnualReport> draw_annual(ledger::ReadTx& tx, AnnualQuestion const& question,
                                 domain::Caller const& caller, Day today) {
  auto const scope = scope_of(tx, question.area, question.is_network_wanted, caller);
  if (!scope) return scope.error();
  if (question.year < first_year || question.year > last_year) {
    return field_error("/year", FaultCode::out_of_range, "has to be a year from 2010 to 2100");
  }
  if (scope->level == Level::venue) return own_annual(tx, question, *scope);
  auto const runs = runs_asked(tx, question.as_of, today);
  if (!runs) return runs.error();
  bool const is_working =
      is_working_year(question.year, *scope, *runs, question.as_of.has_value(), today);
  auto report = is_working ? Result<AnnualReport>(working_annual(tx, question.year, *scope))
                           : told_annual(tx, question.year, *scope, *runs);
  if (!report) return report.error();
  add_previous_year(tx, *report, *scope, *runs);
  if (question.since) {
    auto const added = add_earlier_run(tx, *report, *question.since, *scope, *runs);
    if (!added) return added.error();
  }
  return report;
}

}  // namespace kaiku::reports
