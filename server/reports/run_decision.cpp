#include "server/reports/run_decision.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "server/reports/cohort_cells.hpp"
#include "server/reports/late_shares.hpp"
#include "server/reports/year_cells.hpp"

namespace kaiku::reports {
namespace {

using domain::CellKey;
using domain::Decision;
using domain::DeclaredCell;
using domain::DeclaredSet;
using domain::Publication;
using domain::Sign;
using domain::Table;
using Kind = domain::Period::Kind;

constexpr Decision nothing_told{Sign::complementary, true};

// A quarter's run tells what earlier quarters lack too: an area that joined has rows in them.
bool is_due(domain::RunName const& name, domain::Period const& period) {
  if (!name.is_quarter()) return true;
  if (period.kind == Kind::quarter) return period.number <= name.quarter;
  return period.kind == Kind::month && period.number <= 3 * name.quarter;
}

class RunInTheMaking {
 public:
  RunInTheMaking(domain::RunName const& name, ToldBefore const& before)
      : name_(name), left_out_(before.left_out.begin(), before.left_out.end()) {
    for (auto const& cell : before.cells) told_.emplace(cell.key, &cell);
    for (auto const& cell : before.year_before) {
      if (cell.in_charge.sign == Sign::shown) last_settled_.emplace(cell.key, cell.count);
    }
  }

  // Nothing more may be drawn once a set was refused.
  void draw(DeclaredSet&& set) {
    if (run_.refused) return;
    for (auto& cell : set.cells) mark(cell);
    bool const has_any = std::ranges::any_of(
        set.cells, [](DeclaredCell const& cell) { return cell.publication == Publication::now; });
    if (!has_any) return;
    // Counts of later periods are not looked at, so nobody's share of them is.
    std::set<CellKey> later;
    for (auto const& cell : set.cells) {
      if (cell.publication == Publication::later) later.insert(cell.key);
    }
    std::erase_if(set.shares,
                  [&](domain::Share const& share) { return later.contains(share.cell); });
    if (set.cells.front().key.table == Table::flows && !finds_its_whole(set)) {
      withhold_all(set);
    } else {
      control(set);
    }
  }

  // Of cells that no equation holds among.
  void add(std::vector<tables::KeptCell>&& cells) {
    for (auto& cell : cells) {
      bool const is_untold = !told_.contains(cell.key) && !left_out_.contains(cell.key.table);
      if (is_untold && is_due(name_, cell.key.period)) run_.cells.push_back(std::move(cell));
    }
  }

  DrawnRun take() {
    run_.name = name_;
    run_.left_out.assign(left_out_.begin(), left_out_.end());
    run_.left_out_openly.assign(left_out_openly_.begin(), left_out_openly_.end());
    if (run_.refused) run_.cells.clear();
    for (auto& cell : run_.cells) {
      if (left_out_openly_.contains(cell.key.table)) cell.openly.reset();
    }
    std::ranges::sort(run_.cells, {},
                      [](tables::KeptCell const& cell) { return std::tie(cell.key); });
    return std::move(run_);
  }

 private:
  void mark(DeclaredCell& cell) const {
    auto const settled = last_settled_.find(cell.key);
    if (settled != last_settled_.end()) cell.last_settled = settled->second;
    if (auto const told = told_.find(cell.key); told != told_.end()) {
      auto const last = cell.last_settled;
      cell = as_told(*told->second);
      cell.last_settled = last;
    } else if (left_out_.contains(cell.key.table)) {
      cell.publication = Publication::never;
    } else if (is_due(name_, cell.key.period)) {
      cell.publication = Publication::now;
    } else {
      cell.publication = Publication::later;
      cell.count = 0;
      cell.late_withheld = false;
    }
  }

  // The whole of what flows into an area are its adults, and is told there.
  bool finds_its_whole(DeclaredSet& set) const {
    auto const whole = std::ranges::find_if(set.cells, [](DeclaredCell const& cell) {
      return cell.key.measure == domain::Measure::whole;
    });
    CellKey const adults{.table = Table::uses_area, .area = whole->key.area};
    auto const decided = std::ranges::find(run_.cells, adults, &tables::KeptCell::key);
    tables::KeptCell const* kept = nullptr;
    if (decided != run_.cells.end()) kept = &*decided;
    if (auto const told = told_.find(adults); told != told_.end()) kept = told->second;
    if (kept == nullptr || kept->in_charge.sign != Sign::shown) return false;
    whole->count = kept->count;
    whole->publication = Publication::told;
    return true;
  }

  void withhold_all(DeclaredSet const& set) {
    for (auto const& cell : set.cells) {
      if (cell.key.measure == domain::Measure::part) keep(cell, nothing_told, nothing_told);
    }
  }

  void control(DeclaredSet const& set) {
    auto const control = domain::control_disclosure(set);
    if (control.refused) {
      run_.refused = control.refused;
      return;
    }
    left_out_openly_.insert(control.left_out_openly.begin(), control.left_out_openly.end());
    for (std::size_t at = 0; at < set.cells.size(); ++at) {
      auto const& cell = set.cells[at];
      if (cell.publication != Publication::now) continue;
      if (control.refused_openly && domain::is_open(cell.key)) {
        left_out_openly_.insert(cell.key.table);
      }
      keep(cell, control.signs.in_charge[at].value(), control.signs.openly[at].value());
    }
  }

  void keep(DeclaredCell const& cell, Decision const& in_charge, Decision const& openly) {
    auto& kept = run_.cells.emplace_back();
    kept.key = cell.key;
    kept.count = cell.count;
    kept.in_charge = in_charge;
    if (domain::is_open(cell.key)) kept.openly = openly;
    kept.late_withheld = cell.late_withheld;
  }

  domain::RunName name_;
  std::set<Table> left_out_;
  std::set<Table> left_out_openly_;
  std::map<CellKey, tables::KeptCell const*> told_;
  std::map<CellKey, std::int64_t> last_settled_;
  DrawnRun run_;
};

}  // namespace

domain::DeclaredCell as_told(tables::KeptCell const& kept) {
  DeclaredCell cell{.key = kept.key, .count = kept.count, .publication = Publication::told};
  cell.told = kept.in_charge;
  // What is in no open table is not looked at there; what was left out of one may be anything.
  cell.told_openly =
      kept.openly.value_or(domain::is_open(kept.key) ? nothing_told : kept.in_charge);
  cell.late_withheld = kept.late_withheld;
  return cell;
}

DrawnRun decide_run(domain::RunName const& name, CountedYear const& year,
                    ToldBefore const& before) {
  if (name.is_edition()) throw std::invalid_argument("an edition moves what a settlement told");
  RunInTheMaking run(name, before);
  ToldCounts told;
  for (auto const& cell : before.cells) told.emplace(cell.key, cell.count);
  for (auto& set : sets_of(year, told)) run.draw(std::move(set));
  run.add(late_shares(year));
  if (name.is_settlement() && year.cohort) {
    run.add(cohort_cells(*year.cohort, before.year_before));
  }
  return run.take();
}

}  // namespace kaiku::reports
