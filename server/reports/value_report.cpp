#include "server/reports/value_report.hpp"

#include <utility>

#include "schema/values/faults.hpp"
#include "server/reports/question.hpp"

namespace kaiku::reports {
namespace {

using domain::ValueLine;

Error not_settled() {
  return field_error("/year", FaultCode::not_a_published_period, "is not settled yet");
}

std::size_t place_of(ValueLine line) { return static_cast<std::size_t>(line); }

}  // namespace

Result<ValuedUses> valued_uses(ledger::ReadTx& tx, ValuedQuestion const& question,
                               domain::Caller const& caller, Day today) {
  if (!caller.coordinates()) return Error(Problem::forbidden);
  auto const scope = scope_of(tx, question.area, false, caller);
  if (!scope) return scope.error();
  // A sheet is saved on the writer lane, where a year that runs on would be added up.
  auto const runs = runs_asked(tx, question.run, today);
  if (!runs) return runs.error();
  if (!runs->is_settled(question.year)) return not_settled();
  auto const report = draw_annual(
      tx, {.year = question.year, .area = question.area, .as_of = question.run}, caller, today);
  if (!report) return report.error();
  ValuedUses uses;
  uses.year = report->year;
  uses.area = report->area;
  uses.as_of = report->as_of;
  auto const& measures = report->measures;
  for (std::size_t at = 0; at < measures.adults_by_sector.size(); ++at) {
    auto const sector = static_cast<contract::Sector>(at);
    uses.tickets.at(place_of(domain::adult_line(sector))) = measures.adults_by_sector[at];
    uses.tickets.at(place_of(domain::child_line(sector))) = measures.children_by_sector[at];
  }
  uses.active_cards = measures.active();
  for (std::size_t at = 0; at < uses.tickets.size(); ++at) {
    uses.counts.tickets[at] = lower_limit(uses.tickets[at]);
  }
  // By its parts: the sum of a withheld one with others does not say which sign it had.
  uses.counts.active_cards = lower_limit(measures.taken) + lower_limit(measures.earlier_years);
  return uses;
}

ValueReport value_report(ValuedUses uses, std::vector<domain::ValueRow> rows) {
  ValueReport report;
  auto const ranges = domain::ranges_of(rows);
  report.sheet = domain::value_of(uses.counts, ranges);
  for (std::size_t at = 0; at < uses.tickets.size(); ++at) {
    auto const line = static_cast<ValueLine>(at);
    bool const is_shown = uses.tickets[at].value().has_value();
    if (ranges[at] && !is_shown) report.withheld.push_back(line);
    if (!ranges[at] && uses.tickets[at] != shown(0)) report.not_valued.push_back(line);
  }
  auto const& wellbeing = ranges.at(place_of(ValueLine::wellbeing));
  bool const is_wellbeing_worth = wellbeing && wellbeing->high > 0;
  if (is_wellbeing_worth && !uses.active_cards.value()) {
    report.withheld.push_back(ValueLine::wellbeing);
  }
  report.uses = std::move(uses);
  report.rows = std::move(rows);
  return report;
}

}  // namespace kaiku::reports
