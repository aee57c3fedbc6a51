#include "server/domain/circulation.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace kaiku::domain {
namespace {

using Kind = Period::Kind;

// What an equation splits or sums up.
enum class Of : std::uint8_t {
  outside,           // nothing has to balance
  network_sectors,   // Σ sectors = year
  network_year,      // year = Σ months + late
  months,            // Σ months = quarter
  areas,             // quarter or late row = Σ areas
  area_year,         // Σ quarters + late row = year
  area_rows,         // year = Σ municipalities, or offices
  municipality,      // = Σ venues
  sector_of_area,    // Σ venues = sector
  sector,            // Σ areas = sector of the network
  office,            // registered = taken + not taken
  area_measure,      // Σ offices = area
  network_measure,   // Σ areas = network
  homes_by_area,     // network = Σ areas of homes
  homes,             // area of homes = Σ homes
  home,              // taken + not taken = registered
  homes_registered,  // Σ homes = area of homes
  home_areas,        // Σ areas of homes = network
  band,              // of the network = Σ areas
  band_of_area,      // Σ bands = registered
};
struct Equation {
  Of of;
  Period period = {};
  AreaId area = {};
  std::string row = {};
  OfficeId office = {};
  int column = 0;
  bool operator==(Equation const&) const = default;
};
struct EquationHash {
  std::size_t operator()(Equation const& equation) const noexcept {
    // What tells equations apart fits a cell's key.
    return CellKeyHash{}({.period = equation.period,
                          .area = equation.area,
                          .municipality = equation.row,
                          .venue = {100 * equation.column + static_cast<int>(equation.of)},
                          .office = equation.office});
  }
};
struct Ends {
  Equation tail;
  Equation head;
};

int column_of(CellKey const& key) {
  return static_cast<int>(key.sector.value_or(contract::Sector{}));
}
int measure_of(CellKey const& key) { return static_cast<int>(key.measure); }
Period quarter_of(Period month) { return {Kind::quarter, (month.number + 2) / 3}; }

// The periods of the network, down to the areas of a quarter.
Ends ends_of_network_period(CellKey const& key, Equation const& above) {
  Equation const year{.of = Of::network_year};
  Equation const areas{.of = Of::areas, .period = key.period};
  switch (key.period.kind) {
    case Kind::year: return {above, year};
    case Kind::month: return {year, {.of = Of::months, .period = quarter_of(key.period)}};
    case Kind::quarter: return {{.of = Of::months, .period = key.period}, areas};
    case Kind::late: break;
  }
  return {year, areas};
}

// The periods of an area, down to its rows.
Ends ends_of_area_period(CellKey const& key) {
  Equation const year{.of = Of::area_year, .area = key.area};
  if (key.period.kind == Kind::year) return {year, {.of = Of::area_rows, .area = key.area}};
  return {{.of = Of::areas, .period = key.period}, year};
}

std::optional<Ends> ends_of_uses(CellKey const& key) {
  int const column = column_of(key);
  Equation const sector{.of = Of::sector, .column = column};
  Equation const sectors{.of = Of::network_sectors};
  Equation const of_area{.of = Of::sector_of_area, .area = key.area, .column = column};
  Equation const municipality{.of = Of::municipality, .area = key.area, .row = key.municipality};
  switch (key.table) {
    case Table::uses_network:
      if (key.sector) return Ends{sector, sectors};
      return ends_of_network_period(key, sectors);
    case Table::uses_area:
      if (key.sector) return Ends{of_area, sector};
      return ends_of_area_period(key);
    case Table::uses_municipality:
      return Ends{{.of = Of::area_rows, .area = key.area}, municipality};
    case Table::uses_venue: return Ends{municipality, of_area};
    default: return std::nullopt;
  }
}

Ends ends_of_home(CellKey const& key) {
  bool const is_registered = key.measure == Measure::registered;
  Of const of = is_registered ? Of::homes_registered : Of::homes;
  Equation const of_area{.of = of, .area = key.area, .column = measure_of(key)};
  if (key.municipality.empty()) {  // the sum over the homes of one area
    if (is_registered) return {of_area, {.of = Of::home_areas}};
    return {{.of = Of::homes_by_area, .column = measure_of(key)}, of_area};
  }
  Equation const home{.of = Of::home, .area = key.area, .row = key.municipality};
  return is_registered ? Ends{home, of_area} : Ends{of_area, home};
}

std::optional<Ends> ends_of_cards(CellKey const& key) {
  bool const is_registered = key.measure == Measure::registered;
  Equation const of_network{.of = Of::network_measure, .column = measure_of(key)};
  Equation const of_area{.of = Of::area_measure, .area = key.area, .column = measure_of(key)};
  Equation const office{.of = Of::office, .area = key.area, .office = key.office};
  switch (key.table) {
    case Table::cards_network:
      if (is_registered) return ends_of_network_period(key, {.of = Of::home_areas});
      return Ends{of_network, {.of = Of::homes_by_area, .column = measure_of(key)}};
    case Table::cards_area:
      return is_registered ? ends_of_area_period(key) : Ends{of_area, of_network};
    case Table::cards_office:
      if (is_registered) return Ends{{.of = Of::area_rows, .area = key.area}, office};
      return Ends{office, of_area};
    case Table::cards_home: return ends_of_home(key);
    default: return std::nullopt;
  }
}

std::optional<Ends> ends_of_earlier_years(CellKey const& key) {
  Equation const outside{.of = Of::outside};
  Equation const areas{.of = Of::network_measure};
  Equation const homes{.of = Of::homes_by_area};
  switch (key.table) {
    case Table::cards_area: return Ends{outside, areas};
    case Table::cards_network: return Ends{areas, homes};
    case Table::cards_home: return Ends{homes, outside};
    default: return std::nullopt;
  }
}

Ends ends_of_one_level(CellKey const& key) {
  Equation const outside{.of = Of::outside};
  Equation const whole{.of = Of::network_measure};
  return key.measure == Measure::whole ? Ends{whole, outside} : Ends{outside, whole};
}

Ends ends_of_background(CellKey const& key) {
  Equation const band{.of = Of::band, .row = key.label};
  Equation const network{.of = Of::network_year};
  Equation const area{.of = Of::band_of_area, .area = key.area};
  Equation const areas{.of = Of::network_measure};
  bool const is_of_network = key.area.value.empty();
  if (key.measure == Measure::whole) {
    return is_of_network ? Ends{areas, network} : Ends{area, areas};
  }
  return is_of_network ? Ends{network, band} : Ends{band, area};
}

Ends ends_of(Linking linking, CellKey const& key) {
  std::optional<Ends> ends;
  switch (linking) {
    case Linking::uses: ends = ends_of_uses(key); break;
    case Linking::cards: ends = ends_of_cards(key); break;
    case Linking::earlier_years: ends = ends_of_earlier_years(key); break;
    case Linking::one_level: ends = ends_of_one_level(key); break;
    case Linking::background: ends = ends_of_background(key); break;
  }
  if (!ends) throw std::invalid_argument("a cell of a table that is not linked so");
  return *std::move(ends);
}

// The sums over the homes of one area: as far published as the least of its parts, and once told
// truly not known, since they are never shown.
std::vector<DeclaredCell> sums_of_homes(DeclaredSet const& set) {
  if (set.linking != Linking::cards) return {};
  std::map<CellKey, DeclaredCell> sums;
  for (auto const& cell : set.cells) {
    if (cell.key.table != Table::cards_home) continue;
    CellKey key = cell.key;
    key.municipality.clear();
    auto const [place, is_new] = sums.try_emplace(key, DeclaredCell{.key = key});
    auto& sum = place->second;
    sum.count += cell.count;
    auto const known =
        cell.publication == Publication::told ? Publication::never : cell.publication;
    if (is_new) sum.publication = known;
    sum.publication = std::max(sum.publication, known);
  }
  std::vector<DeclaredCell> cells;
  for (auto& [key, cell] : sums) cells.push_back(std::move(cell));
  return cells;
}

void number_cells(DeclaredSet const& set, Circulation& circulation) {
  auto const sums = sums_of_homes(set);
  auto const count = set.cells.size();
  auto const cell_at = [&](std::size_t at) -> DeclaredCell const& {
    return at < count ? set.cells[at] : sums[at - count];
  };
  std::vector<std::size_t> order(count + sums.size());
  circulation.cells.reserve(order.size());
  circulation.declared.reserve(order.size());
  circulation.numbers.reserve(order.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](std::size_t at) { return std::tie(cell_at(at).key); });
  for (auto const at : order) {
    auto const& cell = cell_at(at);
    if (!circulation.cells.empty() && circulation.cells.back().key == cell.key) {
      throw std::invalid_argument("a cell is declared twice");
    }
    circulation.numbers.emplace(cell.key, static_cast<int>(circulation.cells.size()));
    circulation.cells.push_back(cell);
    circulation.declared.push_back(at < count ? static_cast<int>(at) : Circulation::undeclared);
  }
}

// The network's late row is withheld with an area's.
void withhold_late_rows(Circulation& circulation) {
  bool const any = std::ranges::any_of(circulation.cells, [&](DeclaredCell const& cell) {
    return is_late(cell.key) && cell.late_withheld;
  });
  if (!any) return;
  for (auto& cell : circulation.cells) {
    if (is_late(cell.key) && is_network(cell.key)) cell.late_withheld = true;
  }
}

// How far down a row is.
int depth_of(CellKey const& key) {
  if (is_network(key)) return 0;
  if (key.table == Table::uses_area || key.table == Table::cards_area) return 1;
  bool const is_of_homes = is_home(key) && key.municipality.empty();
  return key.table == Table::uses_municipality || is_of_homes ? 2 : 3;
}

// A cell alone on its side.
void find_wholes(Circulation& circulation) {
  auto const equations = index(circulation.equations);
  std::vector<std::vector<int>> left(equations);
  std::vector<std::vector<int>> right(equations);
  for (std::size_t at = 0; at < circulation.arrows.size(); ++at) {
    auto const [tail, head] = circulation.arrows[at];
    right[index(tail)].push_back(static_cast<int>(at));
    left[index(head)].push_back(static_cast<int>(at));
  }
  auto const depth = [&](int number) { return depth_of(circulation.cells[index(number)].key); };
  auto const add = [&](std::vector<int> const& one, std::vector<int> const& others) {
    if (one.size() != 1 || others.empty()) return;
    bool const is_below = depth(others.front()) > depth(one.front());
    if (others.size() > 1 || is_below) circulation.wholes.push_back({one.front(), others});
  };
  for (std::size_t at = 0; at < equations; ++at) {
    add(left[at], right[at]);
    add(right[at], left[at]);
  }
}

// Sums that follow from the equations and that a reader sees side by side: sectors of an area,
// taken and not taken of an area or the network.
void find_implied_wholes(Circulation& circulation) {
  std::map<CellKey, Circulation::Whole> implied;
  for (std::size_t at = 0; at < circulation.cells.size(); ++at) {
    CellKey key = circulation.cells[at].key;
    bool const is_area_sector = key.table == Table::uses_area && key.sector;
    bool const is_taken_or_not = key.measure == Measure::taken || key.measure == Measure::not_taken;
    if (!is_area_sector && !is_taken_or_not) continue;
    key.sector.reset();
    if (is_taken_or_not) key.measure = Measure::registered;
    if (auto const whole = circulation.number_of(key)) {
      implied.try_emplace(key, Circulation::Whole{*whole, {}})
          .first->second.parts.push_back(static_cast<int>(at));
    }
  }
  for (auto& [key, whole] : implied) circulation.wholes.push_back(std::move(whole));
}

}  // namespace

std::optional<int> Circulation::number_of(CellKey const& key) const {
  auto const found = numbers.find(key);
  return found == numbers.end() ? std::nullopt : std::optional(found->second);
}

Circulation circulation_of(DeclaredSet const& set) {
  Circulation circulation;
  number_cells(set, circulation);
  withhold_late_rows(circulation);
  std::unordered_map<Equation, int, EquationHash> numbers;
  auto const number = [&](Equation&& equation) {
    auto const next = static_cast<int>(numbers.size());
    return numbers.try_emplace(std::move(equation), next).first->second;
  };
  for (auto const& cell : circulation.cells) {
    auto ends = ends_of(set.linking, cell.key);
    int const tail = number(std::move(ends.tail));
    circulation.arrows.push_back({tail, number(std::move(ends.head))});
  }
  circulation.equations = static_cast<int>(numbers.size());
  find_wholes(circulation);
  find_implied_wholes(circulation);
  return circulation;
}

std::optional<CellKey> unbalanced(Circulation const& circulation) {
  struct Sides {
    std::int64_t left_minus_right = 0;
    bool is_known = true;
    int cell = 0;
  };
  std::vector<Sides> equations(index(circulation.equations));
  auto const add = [&](int equation, int cell, std::int64_t count) {
    auto& sides = equations[index(equation)];
    auto const& declared = circulation.cells[index(cell)];
    sides.left_minus_right += count;
    sides.is_known = sides.is_known && declared.publication != Publication::later;
    sides.cell = cell;
  };
  for (std::size_t at = 0; at < circulation.arrows.size(); ++at) {
    auto const count = circulation.cells[at].count;
    add(circulation.arrows[at].head, static_cast<int>(at), count);
    add(circulation.arrows[at].tail, static_cast<int>(at), -count);
  }
  for (auto const& sides : equations) {
    if (sides.is_known && sides.left_minus_right != 0) {
      return circulation.cells[index(sides.cell)].key;
    }
  }
  return std::nullopt;
}

}  // namespace kaiku::domain
