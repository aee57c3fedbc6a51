#include "server/reports/cohort_cells.hpp"

#include <array>
#include <map>
#include <optional>
#include <utility>

#include "server/domain/cohort_rows.hpp"
#include "server/reports/year_cells.hpp"

namespace kaiku::reports {
namespace {

using domain::CohortCounts;
using domain::CohortRow;
using domain::Decision;
using domain::Measure;
using domain::Sign;
using domain::Table;
using tables::AreaCohort;
using tables::KeptCell;

constexpr Decision withheld{Sign::complementary, true};

constexpr std::array columns{
    std::pair(labels::cohort_registered, &CohortCounts::registered),
    std::pair(labels::used_30, &CohortCounts::used_30),
    std::pair(labels::used_90, &CohortCounts::used_90),
    std::pair(labels::used_365, &CohortCounts::used_365),
};

// What the card tables of a year tell, by area; the network's under none.
struct ToldCards {
  KeptCell const* registered = nullptr;
  KeptCell const* taken = nullptr;
};
std::map<AreaId, ToldCards> told_cards(std::vector<KeptCell> const& told) {
  std::map<AreaId, ToldCards> cards;
  for (auto const& cell : told) {
    auto const table = cell.key.table;
    bool const is_of_year = cell.key.period.kind == domain::Period::Kind::year;
    if ((table != Table::cards_network && table != Table::cards_area) || !is_of_year) continue;
    if (cell.key.measure == Measure::registered) cards[cell.key.area].registered = &cell;
    if (cell.key.measure == Measure::taken) cards[cell.key.area].taken = &cell;
  }
  return cards;
}
ToldCards cards_of(AreaId const& area, std::map<AreaId, ToldCards> const& cards) {
  auto const found = cards.find(area);
  return found == cards.end() ? ToldCards{} : found->second;
}

bool is_shown(KeptCell const* cell) {
  return cell != nullptr && cell->in_charge.sign == Sign::shown;
}
bool is_shown_openly(KeptCell const* cell) {
  return cell != nullptr && cell->openly && cell->openly->sign == Sign::shown;
}

CohortRow row_of(AreaCohort const& counted, ToldCards const& cards) {
  CohortRow row;
  row.area = counted.area;
  row.counts = {.registered = counted.registered,
                .used_30 = counted.used_30,
                .used_90 = counted.used_90,
                .used_365 = counted.used_365,
                .taken = cards.taken != nullptr ? cards.taken->count : 0};
  row.cards_are_shown = is_shown(cards.registered) && is_shown(cards.taken) &&
                        cards.registered->count == counted.registered;
  if (is_shown(cards.registered)) row.last_registered = cards.registered->count;
  return row;
}

void keep(std::vector<KeptCell>& cells, CohortRow const& row, bool is_row_shown,
          std::optional<Decision> const& openly) {
  bool const is_network = row.area.value.empty();
  for (auto const& [label, count] : columns) {
    cells.push_back({.key = {.table = Table::cohort,
                             .area = row.area,
                             .measure = is_network ? Measure::whole : Measure::part,
                             .label = label},
                     .count = row.counts.*count,
                     .in_charge = is_row_shown ? Decision{} : withheld,
                     .openly = openly});
  }
}

}  // namespace

std::vector<KeptCell> cohort_cells(std::vector<AreaCohort> const& counted,
                                   std::vector<KeptCell> const& told) {
  auto const cards = told_cards(told);
  std::map<AreaId, AreaCohort> by_area;
  for (auto const& [area, of_area] : cards) {
    if (!area.value.empty()) by_area[area].area = area;
  }
  AreaCohort all;
  for (auto const& of_area : counted) {
    by_area[of_area.area] = of_area;
    all.registered += of_area.registered;
    all.used_30 += of_area.used_30;
    all.used_90 += of_area.used_90;
    all.used_365 += of_area.used_365;
  }
  std::vector<CohortRow> rows;
  rows.reserve(by_area.size());
  for (auto const& [area, of_area] : by_area)
    rows.push_back(row_of(of_area, cards_of(area, cards)));
  auto const of_network = cards_of({}, cards);
  auto const network = row_of(all, of_network);
  auto const shown = domain::shown_cohorts(network, rows);

  std::vector<KeptCell> cells;
  bool const is_open =
      shown.network && is_shown_openly(of_network.registered) && is_shown_openly(of_network.taken);
  keep(cells, network, shown.network, is_open ? Decision{} : withheld);
  for (std::size_t at = 0; at < rows.size(); ++at) {
    keep(cells, rows[at], shown.rows[at], std::nullopt);
  }
  return cells;
}

}  // namespace kaiku::reports
