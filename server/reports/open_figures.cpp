#include "server/reports/open_figures.hpp"

#include <algorithm>

#include "server/domain/declared_words.hpp"
#include "server/reports/document_texts.hpp"
#include "server/reports/question.hpp"

namespace kaiku::reports {
namespace {

using domain::Period;
using domain::Table;
using tables::ReportRun;

std::vector<int> years_of(std::vector<ReportRun> const& runs) {
  std::vector<int> years;
  for (auto const& run : runs) years.push_back(run.name.year);
  std::ranges::sort(years);
  auto const repeated = std::ranges::unique(years);
  years.erase(repeated.begin(), repeated.end());
  return years;
}

}  // namespace

Result<OpenYear> find_open_year(ledger::ReadTx& tx, std::optional<int> year, Day today) {
  auto const runs = runs_asked(tx, std::nullopt, today);
  if (!runs) return runs.error();
  OpenYear found;
  found.years = years_of(runs->all());
  if (found.years.empty()) return not_published_yet();
  found.year = year.value_or(found.years.back());
  auto const* const run = runs->newest_of(found.year);
  if (run == nullptr) return not_published_yet();
  found.run = *run;
  found.newest = runs->all().back();
  found.state = runs->is_settled(found.year) ? State::settled : State::closed;
  for (auto const& one : runs->all()) {
    if (one.name.year != found.year) continue;
    // What nobody is told is told openly no more.
    for (auto const* tables : {&one.left_out, &one.left_out_openly}) {
      for (auto const table : *tables) {
        if (has_open_cells(table)) found.left_out.push_back({table, one.name});
      }
    }
  }
  return found;
}

std::vector<OpenCell> open_cells(ledger::ReadTx& tx, OpenYear const& year,
                                 std::optional<Table> table) {
  std::vector<OpenCell> cells;
  for (auto& cell : tables::told_cells(tx, year.year, year.run.entry, {.table = table})) {
    if (!cell.openly) continue;
    auto const figure = figure_of(*cell.openly, cell.count);
    cells.push_back({std::move(cell.key), figure});
  }
  return cells;
}

bool has_open_cells(Table table) {
  switch (table) {
    case Table::cards_network:
    case Table::uses_network:
    case Table::cards_area:
    case Table::uses_area:
    case Table::uses_municipality:
    case Table::cards_home:
    case Table::beside:
    case Table::judged:
    case Table::community:
    case Table::background:
    case Table::cohort: return true;
    case Table::uses_venue:
    case Table::cards_office:
    case Table::flows:
    case Table::venue_months: break;
  }
  return false;
}

std::string period_word(int year, domain::CellKey const& key) {
  if (key.period.kind == Period::Kind::late) return std::to_string(year) + "-late";
  // A settlement tells of the cards of the year before.
  return text_of(Part{key.table == Table::cohort ? year - 1 : year, key.period});
}

std::string_view column_word(domain::CellKey const& key) {
  return key.label.empty() ? domain::word_of(key.measure) : std::string_view(key.label);
}

std::string_view licence_text(contract::Language language) { return in(language, Text::licence); }

}  // namespace kaiku::reports
