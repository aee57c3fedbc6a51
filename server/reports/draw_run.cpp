#include "server/reports/draw_run.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "schema/crypto/crypto.hpp"
#include "server/reports/edition_decision.hpp"
#include "server/reports/run_decision.hpp"
#include "server/tables/cohort_counts.hpp"
#include "server/tables/true_counts.hpp"

namespace kaiku::reports {
namespace {

using domain::RunName;
using tables::ReportRun;

// Runs of one year that stood in the ledger at a sequence, the oldest first: those that a run drawn
// then knew of, however late it is drawn again.
std::vector<ReportRun> earlier_runs(std::vector<ReportRun> const& all, int year,
                                    std::int64_t as_of) {
  std::vector<ReportRun> runs;
  for (auto const& run : all) {
    if (run.name.year == year && run.entry <= as_of) runs.push_back(run);
  }
  std::ranges::sort(runs, {}, &ReportRun::entry);
  return runs;
}

ReportRun const* settlement_of(std::vector<ReportRun> const& runs) {
  auto const found =
      std::ranges::find_if(runs, [](ReportRun const& run) { return run.name.is_settlement(); });
  return found == runs.end() ? nullptr : &*found;
}

// As of a sequence, its closed quarters as of the runs before it that told them.
CountedYear counted_year(ledger::ReadTx& tx, int year, std::int64_t as_of,
                         std::vector<ReportRun> const& runs) {
  CountedYear counted{.network = tables::network_of_year(tx, year, as_of),
                      .now = tables::count_year(tx, year, as_of)};
  std::map<std::int64_t, tables::YearCounts> counts;  // a run may close several quarters
  for (std::size_t at = 0; at < counted.closed.size(); ++at) {
    int const quarter = static_cast<int>(at) + 1;
    auto const closing = std::ranges::find_if(runs, [&](ReportRun const& run) {
      return run.entry <= as_of && run.name.is_quarter() && run.name.quarter >= quarter;
    });
    if (closing == runs.end()) continue;
    auto const [place, is_new] = counts.try_emplace(closing->as_of);
    if (is_new) place->second = tables::count_year(tx, year, closing->as_of);
    counted.closed[at] = place->second;
  }
  return counted;
}

std::vector<domain::Table> left_out_by(std::vector<ReportRun> const& runs,
                                       std::vector<domain::Table> tables) {
  for (auto const& run : runs) {
    tables.insert(tables.end(), run.left_out.begin(), run.left_out.end());
  }
  std::ranges::sort(tables);
  auto const repeated = std::ranges::unique(tables);
  tables.erase(repeated.begin(), repeated.end());
  return tables;
}

std::vector<tables::KeptCell> told_by(ledger::ReadTx& tx, std::vector<ReportRun> const& runs) {
  if (runs.empty()) return {};
  return tables::told_cells(tx, runs.back().name.year, runs.back().entry);
}

DrawnRun draw_first_telling(ledger::ReadTx& tx, RunName const& name, std::int64_t as_of,
                            std::vector<ReportRun> const& all,
                            std::vector<domain::Table> const& without) {
  auto const runs = earlier_runs(all, name.year, as_of);
  auto const year_before = earlier_runs(all, name.year - 1, as_of);
  ToldBefore before{.cells = told_by(tx, runs), .left_out = left_out_by(runs, without)};
  auto counted = counted_year(tx, name.year, as_of, runs);
  if (name.is_settlement()) {
    counted.beside_shares = tables::beside_shares(tx, name.year, as_of);
  }
  if (settlement_of(year_before) != nullptr) {
    before.year_before = told_by(tx, year_before);
    if (name.is_settlement()) counted.cohort = tables::count_cohort(tx, name.year - 1, as_of);
  }
  return decide_run(name, counted, before);
}

DrawnRun draw_edition(ledger::ReadTx& tx, RunName const& name, std::int64_t as_of,
                      std::vector<ReportRun> const& all,
                      std::vector<domain::Table> const& without) {
  auto const runs = earlier_runs(all, name.year, as_of);
  auto const* const settlement = settlement_of(runs);
  if (settlement == nullptr) throw std::invalid_argument("an edition of a year without settlement");
  SettledYear settled{
      .counted = counted_year(tx, name.year, settlement->as_of, runs),
      .cells = tables::told_cells(tx, name.year, settlement->entry),
      .left_out = left_out_by(runs, without),
  };
  for (auto const& run : runs) {
    if (run.name.is_edition()) settled.editions.push_back(tables::cells_of_run(tx, run.entry));
  }
  return decide_edition(name, settled, tables::count_year(tx, name.year, as_of));
}

}  // namespace

DrawnRun draw_run(ledger::ReadTx& tx, RunName const& name, std::int64_t as_of,
                  std::vector<domain::Table> const& without) {
  auto const all = tables::list_runs(tx);
  auto run = name.is_edition() ? draw_edition(tx, name, as_of, all, without)
                               : draw_first_telling(tx, name, as_of, all, without);
  run.as_of = as_of;
  run.hash = crypto::sha256(bytes_of(tables::published_form(run.cells)));
  return run;
}

}  // namespace kaiku::reports
