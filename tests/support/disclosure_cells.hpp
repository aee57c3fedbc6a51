// Cells of small hand-made sets, written as one would say them.
#pragma once

#include <algorithm>
#include <array>
#include <stdexcept>

#include "server/domain/disclosure_control.hpp"

namespace kaiku::domain::test {

inline Period quarter(int number) { return {Period::Kind::quarter, number}; }
inline Period month(int number) { return {Period::Kind::month, number}; }
inline constexpr Period late_row{Period::Kind::late, 0};

inline CellKey network_uses(Period period = {}) {
  return {.table = Table::uses_network, .period = period};
}
inline CellKey network_sector(contract::Sector sector) {
  return {.table = Table::uses_network, .sector = sector};
}
inline CellKey area_uses(char const* area, Period period = {}) {
  return {.table = Table::uses_area, .period = period, .area = {area}};
}
inline CellKey area_sector(char const* area, contract::Sector sector) {
  return {.table = Table::uses_area, .area = {area}, .sector = sector};
}
inline CellKey municipality_uses(char const* area, char const* code) {
  return {.table = Table::uses_municipality, .area = {area}, .municipality = code};
}
inline CellKey venue_uses(char const* area, char const* code, int venue, contract::Sector sector) {
  return {.table = Table::uses_venue,
          .area = {area},
          .municipality = code,
          .venue = {venue},
          .sector = sector};
}

inline DeclaredCell& cell_of(DeclaredSet& set, CellKey const& key) {
  auto const found = std::ranges::find(set.cells, key, &DeclaredCell::key);
  if (found == set.cells.end()) throw std::out_of_range("not declared");
  return *found;
}
inline void put(DeclaredSet& set, CellKey const& key, std::int64_t count,
                Publication publication = Publication::now) {
  set.cells.push_back({.key = key, .count = count, .publication = publication});
}
inline std::optional<Decision> decision_on(DeclaredSet const& set,
                                           std::vector<std::optional<Decision>> const& decisions,
                                           CellKey const& key) {
  auto const found = std::ranges::find(set.cells, key, &DeclaredCell::key);
  if (found == set.cells.end()) throw std::out_of_range("not declared");
  return decisions.at(static_cast<std::size_t>(found - set.cells.begin()));
}

// The use cells of a year of one-venue areas: {area, quarters}; a venue's code is its area's.
struct AreaOfOneVenue {
  char const* area;
  std::array<std::int64_t, 4> quarters;
};
inline DeclaredSet year_of(std::vector<AreaOfOneVenue> const& areas) {
  DeclaredSet set;
  std::array<std::int64_t, 5> network{};
  int venue = 0;
  for (auto const& [area, quarters] : areas) {
    std::int64_t year = 0;
    for (int number = 1; number <= 4; ++number) {
      auto const count = quarters[static_cast<std::size_t>(number - 1)];
      put(set, area_uses(area, quarter(number)), count);
      network[static_cast<std::size_t>(number)] += count;
      year += count;
    }
    network[0] += year;
    put(set, area_uses(area, late_row), 0);
    put(set, area_uses(area), year);
    put(set, area_sector(area, contract::Sector::culture), year);
    put(set, municipality_uses(area, area), year);
    put(set, venue_uses(area, area, ++venue, contract::Sector::culture), year);
  }
  for (int number = 1; number <= 4; ++number) {
    auto const count = network[static_cast<std::size_t>(number)];
    put(set, network_uses(quarter(number)), count);
    put(set, network_uses(month(3 * number - 2)), count / 3);
    put(set, network_uses(month(3 * number - 1)), count / 3);
    put(set, network_uses(month(3 * number)), count - 2 * (count / 3));
  }
  put(set, network_uses(late_row), 0);
  put(set, network_uses(), network[0]);
  put(set, network_sector(contract::Sector::culture), network[0]);
  return set;
}

// What the run says of its cells, told from now on.
inline void tell(DeclaredSet& set, DisclosureControl const& control) {
  for (std::size_t at = 0; at < set.cells.size(); ++at) {
    auto& cell = set.cells[at];
    if (cell.publication != Publication::now) continue;
    cell.publication = Publication::told;
    cell.told = control.signs.in_charge[at].value();
    cell.told_openly = control.signs.openly[at].value();
  }
}
// 1–3: the quarter's run; 4: the settlement.
inline void make_due(DeclaredSet& set, int run) {
  for (auto& cell : set.cells) {
    auto const& period = cell.key.period;
    bool const is_due = run == 4 ||
                        (period.kind == Period::Kind::quarter && period.number == run) ||
                        (period.kind == Period::Kind::month && (period.number + 2) / 3 == run);
    if (is_due && cell.publication == Publication::later) cell.publication = Publication::now;
  }
}

}  // namespace kaiku::domain::test
