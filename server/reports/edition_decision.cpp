#include "server/reports/edition_decision.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "server/domain/restatement.hpp"
#include "server/reports/run_decision.hpp"
#include "server/reports/year_cells.hpp"

namespace kaiku::reports {
namespace {

using domain::CellKey;
using domain::DeclaredCell;
using domain::Measure;
using domain::Table;

bool counts_uses(Table table) {
  return table == Table::uses_network || table == Table::uses_area ||
         table == Table::uses_municipality || table == Table::uses_venue;
}

// One measure of a year, as its newest run left it.
class SettledUses {
 public:
  SettledUses(domain::DeclaredSet&& declared, SettledYear const& year, Measure measure)
      : set_(std::move(declared)), measure_(measure) {
    for (std::size_t at = 0; at < set_.cells.size(); ++at) {
      places_.emplace(set_.cells[at].key, at);
    }
    for (auto const& kept : year.cells) {
      if (is_ours(kept.key)) take(kept, as_told(kept));
    }
    for (auto const& edition : year.editions) {
      for (auto const& kept : edition) {
        if (!is_ours(kept.key)) continue;
        take(kept, domain::moved_to(set_.cells[place_of(kept.key)], kept.count));
      }
    }
  }

  // What was recorded and undone since, by venue: those whose last use was undone among them.
  std::vector<domain::Batch> batches(tables::YearCounts const& now) {
    std::map<CellKey, std::int64_t> net;
    for (auto const& cell : set_.cells) {
      if (cell.key.table == Table::uses_venue) net[cell.key] = -cell.count;
    }
    for (auto const& venue : now.venues) {
      auto const key = key_of(venue, measure_);
      auto const count = sum_of(months_of(venue, measure_));
      if (count == 0 && !net.contains(key)) continue;
      if (has_rows_above(key)) net[key] += count;
    }
    std::vector<domain::Batch> batches;
    for (auto const& [key, change] : net) {
      if (change == 0) continue;
      place_of(key);
      batches.push_back({key, change});
    }
    return batches;
  }

  void move(std::vector<domain::Batch> const& batches, std::vector<tables::KeptCell>& moved) const {
    auto const edition = domain::next_edition(set_, batches);
    for (std::size_t at = 0; at < set_.cells.size(); ++at) {
      auto const& before = set_.cells[at];
      auto const& after = edition.cells[at];
      bool const is_as_before = after.count == before.count && after.told == before.told &&
                                after.told_openly == before.told_openly;
      if (is_as_before) continue;
      auto& kept = moved.emplace_back();
      kept.key = after.key;
      kept.count = after.count;
      kept.in_charge = after.told;
      if (domain::is_open(after.key) && told_openly_.contains(after.key)) {
        kept.openly = after.told_openly;
      }
      kept.late_withheld = after.late_withheld;
    }
  }

 private:
  bool is_ours(CellKey const& key) const {
    return counts_uses(key.table) && key.measure == measure_;
  }

  // A venue that had nothing in the year had no row, and who reads it takes that for nought.
  std::size_t place_of(CellKey const& key) {
    auto const [place, is_new] = places_.emplace(key, set_.cells.size());
    if (is_new) {
      auto& cell = set_.cells.emplace_back();
      cell.key = key;
      cell.publication = domain::Publication::told;
    }
    return place->second;
  }

  void take(tables::KeptCell const& kept, DeclaredCell cell) {
    cell.told = kept.in_charge;
    if (kept.openly) {
      cell.told_openly = *kept.openly;
      told_openly_.insert(kept.key);
    }
    set_.cells[place_of(kept.key)] = std::move(cell);
  }

  // An area or a municipality that came with a later change is in none of the year's sums.
  bool has_rows_above(CellKey const& venue) const {
    return std::ranges::all_of(domain::cells_that_hold(venue),
                               [&](CellKey const& above) { return places_.contains(above); });
  }

  domain::DeclaredSet set_;
  Measure measure_;
  std::map<CellKey, std::size_t> places_;
  std::set<CellKey> told_openly_;
};

}  // namespace

DrawnRun decide_edition(domain::RunName const& name, SettledYear const& settled,
                        tables::YearCounts const& now) {
  DrawnRun run;
  run.name = name;
  run.left_out = settled.left_out;
  if (std::ranges::any_of(settled.left_out, counts_uses)) return run;
  for (auto& set : sets_of(settled.counted)) {
    if (set.linking != domain::Linking::uses) continue;
    auto const measure = set.cells.front().key.measure;
    SettledUses uses(std::move(set), settled, measure);
    auto const batches = uses.batches(now);
    uses.move(batches, run.cells);
  }
  std::ranges::sort(run.cells, {}, [](tables::KeptCell const& cell) { return std::tie(cell.key); });
  return run;
}

}  // namespace kaiku::reports
