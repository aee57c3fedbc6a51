// Small years of reports and their cells, written as one would say them.
#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "server/reports/year_rows.hpp"
#include "server/tables/report_runs.hpp"

namespace kaiku::reports::test {

using domain::CellKey;
using tables::KeptCell;
using tables::Months;

inline AreaId area_at(int number) { return {"A" + std::to_string(number)}; }
inline CellKey uses_of(int area, domain::Period period = {}) {
  return {.table = domain::Table::uses_area, .period = period, .area = area_at(area)};
}
inline CellKey uses_of_network(domain::Period period = {}) {
  return {.table = domain::Table::uses_network, .period = period};
}
inline domain::Period quarter(int number) { return {domain::Period::Kind::quarter, number}; }
inline domain::Period month(int number) { return {domain::Period::Kind::month, number}; }
inline constexpr domain::Period late_row{domain::Period::Kind::late, 0};

inline KeptCell const* find(std::vector<KeptCell> const& cells, CellKey const& key) {
  auto const found = std::ranges::find(cells, key, &KeptCell::key);
  return found == cells.end() ? nullptr : &*found;
}
inline std::int64_t count_of(std::vector<KeptCell> const& cells, CellKey const& key) {
  auto const* cell = find(cells, key);
  if (cell == nullptr) throw std::out_of_range("not told");
  return cell->count;
}
// Two areas of one venue, of so many adults each month.
inline CountedYear two_areas(Months const& first, Months const& second) {
  CountedYear year;
  for (int area = 0; area < 2; ++area) {
    auto const code = std::to_string(100 + area);
    year.network.areas.push_back(area_at(area));
    year.network.municipalities.emplace_back(code, area_at(area));
    year.now.venues.push_back({.venue = {100 + area},
                               .area = area_at(area),
                               .municipality = code,
                               .adults = area == 0 ? first : second});
    std::int64_t adults_of_area = 0;
    for (auto const count : year.now.venues.back().adults) adults_of_area += count;
    year.now.flows.push_back({area_at(area), area_at(area), adults_of_area});
  }
  return year;
}
inline constexpr Months steady{20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20};

}  // namespace kaiku::reports::test
