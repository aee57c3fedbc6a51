#include "tests/property/disclosure_attacker.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace kaiku::property {
namespace {

using domain::Audience;
using domain::CellKey;
using domain::Contributor;
using domain::DeclaredCell;
using domain::Measure;
using domain::Period;
using domain::Publication;
using domain::Sign;
using domain::Table;
using Kind = Period::Kind;
using Room = IntegerRanges::Room;

constexpr std::int64_t anything = 1'000'000;

bool is_few(std::int64_t count) { return count >= 1 && count <= 4; }
bool is_area_table(Table table) { return table == Table::uses_area || table == Table::cards_area; }
bool is_network_table(Table table) {
  return table == Table::uses_network || table == Table::cards_network;
}
bool is_row_below_area(Table table) {
  return table == Table::uses_venue || table == Table::cards_office;
}

Room between(std::int64_t count, std::int64_t lowest, std::int64_t highest) {
  return {count - std::min(count, lowest), std::max(count, highest) - count};
}

}  // namespace

std::string text_of(Disclosed const& disclosed) {
  auto const& key = disclosed.cell;
  std::string text = "table " + std::to_string(static_cast<int>(key.table)) + " period " +
                     std::to_string(static_cast<int>(key.period.kind)) + "/" +
                     std::to_string(key.period.number) + " area " + key.area.value + " " +
                     key.municipality + " venue " + std::to_string(key.venue.value) + " office " +
                     std::to_string(key.office.value) + " measure " +
                     std::to_string(static_cast<int>(key.measure)) + " sector " +
                     (key.sector ? std::to_string(static_cast<int>(*key.sector)) : "-") + ": " +
                     std::to_string(disclosed.values) + " values";
  if (auto const& insider = disclosed.insider) {
    text += " for area " + insider->area.value + " venue " + std::to_string(insider->venue.value) +
            " office " + std::to_string(insider->office.value);
  }
  return text;
}

DisclosureAttacker::DisclosureAttacker(domain::DeclaredSet const& told, Audience audience)
    : told_(told), audience_(audience) {
  std::set<CellKey> rows;
  for (std::size_t at = 0; at < told.cells.size(); ++at) {
    auto const& key = told.cells[at].key;
    places_.emplace(key, static_cast<int>(at));
    bool const has_periods = (is_area_table(key.table) || is_network_table(key.table)) &&
                             !key.sector && key.period.kind == Kind::quarter;
    if (!has_periods) continue;
    auto row = key;
    row.period = {};
    rows.insert(row);
  }
  for (auto const& row : rows) add_sums_of_periods(row);
  if (told.linking == domain::Linking::uses) add_sums_of_uses();
  if (told.linking != domain::Linking::uses) add_sums_of_cards();
}

IntegerRanges& DisclosureAttacker::ranges() {
  if (ranges_) return *ranges_;
  std::vector<IntegerRanges::Equation> equations;
  for (auto const& sum : sums_) {
    auto& equation = equations.emplace_back();
    equation.emplace_back(sum.whole, -1);
    for (int const part : sum.parts) equation.emplace_back(part, 1);
  }
  return ranges_.emplace(static_cast<int>(told_.cells.size()), equations);
}

void DisclosureAttacker::add_sum(CellKey const& whole, Cells const& parts) {
  auto const found = places_.find(whole);
  if (found != places_.end() && !parts.empty()) sums_.push_back({found->second, parts});
}

DisclosureAttacker::Cells DisclosureAttacker::cells_like(CellKey const& wanted,
                                                         bool (*is_part)(CellKey const&,
                                                                         CellKey const&)) const {
  Cells cells;
  for (std::size_t at = 0; at < told_.cells.size(); ++at) {
    if (is_part(told_.cells[at].key, wanted)) cells.push_back(static_cast<int>(at));
  }
  return cells;
}

// A year is its quarters and late row, or its months and late row; a quarter is its months.
void DisclosureAttacker::add_sums_of_periods(CellKey const& row) {
  Cells quarters;
  Cells months;
  std::array<Cells, 5> of_quarter;
  for (std::size_t at = 0; at < told_.cells.size(); ++at) {
    auto key = told_.cells[at].key;
    auto const period = key.period;
    key.period = {};
    auto const cell = static_cast<int>(at);
    if (key != row) continue;
    if (period.kind == Kind::quarter || period.kind == Kind::late) quarters.push_back(cell);
    if (period.kind == Kind::month || period.kind == Kind::late) months.push_back(cell);
    if (period.kind == Kind::month) {
      of_quarter[static_cast<std::size_t>((period.number + 2) / 3)].push_back(cell);
    }
  }
  add_sum(row, quarters);
  if (!is_network_table(row.table)) return;
  add_sum(row, months);
  for (int number = 1; number <= 4; ++number) {
    auto quarter = row;
    quarter.period = {Kind::quarter, number};
    add_sum(quarter, of_quarter[static_cast<std::size_t>(number)]);
  }
}

// Every sum that a reader of use tables can think of.
void DisclosureAttacker::add_sums_of_uses() {
  for (auto const& cell : told_.cells) {
    auto const& whole = cell.key;
    if (is_network_table(whole.table)) {
      add_sum(whole, cells_like(whole, [](CellKey const& key, CellKey const& of) {
                return key.table == Table::uses_area && key.period == of.period &&
                       key.sector == of.sector;
              }));
      if (whole.period.kind != Kind::year) continue;
      add_sum(whole, cells_like(whole, [](CellKey const& key, CellKey const& of) {
                return key.table == Table::uses_venue && (!of.sector || key.sector == of.sector);
              }));
      if (whole.sector) continue;
      add_sum(whole, cells_like(whole, [](CellKey const& key, CellKey const&) {
                return key.table == Table::uses_network && key.sector.has_value();
              }));
      add_sum(whole, cells_like(whole, [](CellKey const& key, CellKey const&) {
                return key.table == Table::uses_municipality;
              }));
    }
    if (whole.table == Table::uses_area && whole.period.kind == Kind::year) {
      add_sum(whole, cells_like(whole, [](CellKey const& key, CellKey const& of) {
                return key.table == Table::uses_venue && key.area == of.area &&
                       (!of.sector || key.sector == of.sector);
              }));
      if (whole.sector) continue;
      add_sum(whole, cells_like(whole, [](CellKey const& key, CellKey const& of) {
                return key.table == Table::uses_municipality && key.area == of.area;
              }));
      add_sum(whole, cells_like(whole, [](CellKey const& key, CellKey const& of) {
                return key.table == Table::uses_area && key.area == of.area &&
                       key.sector.has_value();
              }));
    }
    if (whole.table == Table::uses_municipality) {
      add_sum(whole, cells_like(whole, [](CellKey const& key, CellKey const& of) {
                return key.table == Table::uses_venue && key.area == of.area &&
                       key.municipality == of.municipality;
              }));
    }
  }
}

// Areas, offices and homes of each measure, and taken + not taken = registered in every row.
void DisclosureAttacker::add_sums_of_cards() {
  for (auto const& cell : told_.cells) {
    auto const& whole = cell.key;
    if (whole.table == Table::cards_network) {
      add_sum(whole, cells_like(whole, [](CellKey const& key, CellKey const& of) {
                return key.table == Table::cards_area && key.measure == of.measure &&
                       key.period == of.period;
              }));
    }
    if (whole.period.kind != Kind::year) continue;
    if (whole.table == Table::cards_network) {
      add_sum(whole, cells_like(whole, [](CellKey const& key, CellKey const& of) {
                return key.table == Table::cards_home && key.measure == of.measure;
              }));
      add_sum(whole, cells_like(whole, [](CellKey const& key, CellKey const& of) {
                return key.table == Table::cards_office && key.measure == of.measure;
              }));
    }
    if (whole.table == Table::cards_area) {
      add_sum(whole, cells_like(whole, [](CellKey const& key, CellKey const& of) {
                return key.table == Table::cards_office && key.measure == of.measure &&
                       key.area == of.area;
              }));
    }
    if (whole.measure == Measure::registered) {
      add_sum(whole, cells_like(whole, [](CellKey const& key, CellKey const& of) {
                bool const is_part =
                    key.measure == Measure::taken || key.measure == Measure::not_taken;
                if (!is_part || key.area != of.area) return false;
                auto row = key;
                row.measure = of.measure;
                return row == of;
              }));
    }
  }
}

bool DisclosureAttacker::is_own(int cell, Contributor const& insider) const {
  auto const& told = told_.cells[static_cast<std::size_t>(cell)];
  auto const& key = told.key;
  if (insider.venue) return key.venue == insider.venue;
  if (insider.office) return key.office == insider.office;
  if (key.area != insider.area) return false;
  return key.table != Table::cards_home || told.told.sign == Sign::shown;
}

// What the insider knows to be in it: its own rows below it, and what it is said to know besides.
std::int64_t DisclosureAttacker::own_part(int cell, Contributor const& insider) const {
  auto const& whole = told_.cells[static_cast<std::size_t>(cell)].key;
  std::int64_t part = 0;
  for (auto const& share : told_.shares) {
    if (share.contributor == insider && share.cell == whole) part += share.count;
  }
  if (is_row_below_area(whole.table) || whole.table == Table::cards_home) return part;
  bool const of_area = insider.venue == VenueId{} && insider.office == OfficeId{};
  for (std::size_t at = 0; at < told_.cells.size(); ++at) {
    auto const& told = told_.cells[at];
    auto const& key = told.key;
    bool const is_counted = of_area ? is_area_table(key.table) && is_network_table(whole.table)
                                    : is_row_below_area(key.table);
    if (!is_counted || !is_own(static_cast<int>(at), insider)) continue;
    if (told.publication == Publication::later || key.measure != whole.measure) continue;
    bool const is_in =
        key.period == whole.period && (whole.area.value.empty() || key.area == whole.area) &&
        (whole.municipality.empty() || key.municipality == whole.municipality) &&
        (of_area ? key.sector == whole.sector : !whole.sector || key.sector == whole.sector);
    if (is_in) part += told.count;
  }
  return part;
}

Room DisclosureAttacker::room_of(int at, std::optional<Contributor> const& insider) const {
  auto const& cell = told_.cells[static_cast<std::size_t>(at)];
  bool const is_late = cell.key.period.kind == Kind::late;
  if (cell.publication == Publication::later) return {anything, anything};
  if (insider && is_own(at, *insider)) return {};
  auto const part = insider ? own_part(at, *insider) : 0;
  std::int64_t lowest = is_late ? -anything : part;
  std::int64_t highest = anything;
  auto const narrow = [&](domain::Decision decision, bool knows_tens) {
    if (decision.sign == Sign::shown) {
      lowest = highest = cell.count;
      return;
    }
    if (decision.sign == Sign::small) {
      lowest = std::max<std::int64_t>(lowest, 1);
      highest = 4;
    } else if (!is_late || !decision.any_count) {
      lowest = std::max<std::int64_t>(lowest, decision.any_count ? 0 : 5);
    }
    if (cell.running && knows_tens) {
      lowest = std::max(lowest, cell.running->lowest);
      highest = std::min(highest, cell.running->highest);
    }
  };
  if (cell.known_before) lowest = std::max(lowest, cell.known_before->lowest);
  bool const is_seen = audience_ == Audience::in_charge || domain::is_open(cell.key);
  if (cell.publication != Publication::told) return between(cell.count, lowest, highest);
  if (is_seen) {
    narrow(audience_ == Audience::in_charge ? cell.told : cell.told_openly,
           audience_ == Audience::in_charge || domain::is_network(cell.key));
  }
  // A coordinator of an area reads its homes among those in charge.
  bool const is_coordinator =
      insider && insider->area == cell.key.area && !insider->area.value.empty();
  if (is_coordinator) narrow(cell.told, true);
  return between(cell.count, lowest, highest);
}

// Bounds go back and forth between a sum and its parts until nothing gets narrower.
std::vector<Disclosed> DisclosureAttacker::attack_by_intervals() {
  std::vector<domain::Bounds> known;
  for (std::size_t at = 0; at < told_.cells.size(); ++at) {
    auto const room = room_of(static_cast<int>(at), std::nullopt);
    auto const count = told_.cells[at].count;
    known.push_back({count - room.down, count + room.up});
  }
  auto const of = [&](int cell) -> domain::Bounds& {
    return known[static_cast<std::size_t>(cell)];
  };
  bool is_narrower = true;
  auto const narrow = [&](int cell, std::int64_t lowest, std::int64_t highest) {
    auto& bounds = of(cell);
    if (lowest <= bounds.lowest && highest >= bounds.highest) return;
    bounds = {std::max(bounds.lowest, lowest), std::min(bounds.highest, highest)};
    is_narrower = true;
  };
  while (std::exchange(is_narrower, false)) {
    for (auto const& [whole, parts] : sums_) {
      domain::Bounds sum{0, 0};
      for (int const part : parts) {
        sum.lowest += of(part).lowest;
        sum.highest += of(part).highest;
      }
      narrow(whole, sum.lowest, sum.highest);
      for (int const part : parts) {
        auto const own = of(part);
        narrow(part, of(whole).lowest - (sum.highest - own.highest),
               of(whole).highest - (sum.lowest - own.lowest));
      }
    }
  }
  std::vector<Disclosed> found;
  for (std::size_t at = 0; at < told_.cells.size(); ++at) {
    auto const& cell = told_.cells[at];
    bool const is_tried = is_few(cell.count) && cell.publication != Publication::later &&
                          cell.key.period.kind != Kind::late;
    if (!is_tried) continue;
    ++tried_;
    auto const values = known[at].highest - known[at].lowest + 1;
    if (values < 3) found.push_back({cell.key, values, std::nullopt});
  }
  return found;
}

bool DisclosureAttacker::is_known_from_tens(int at, std::int64_t part) const {
  auto const& cell = told_.cells[static_cast<std::size_t>(at)];
  bool const knows_tens = audience_ == Audience::in_charge || domain::is_network(cell.key);
  return cell.running && knows_tens &&
         cell.running->highest - std::max(part, cell.running->lowest) < 2;
}

std::vector<Disclosed> DisclosureAttacker::attack(std::optional<Contributor> const& insider) {
  std::vector<Disclosed> found;
  auto const count = static_cast<int>(told_.cells.size());
  for (int at = 0; at < count; ++at) ranges().set_room(at, room_of(at, insider));
  for (int at = 0; at < count; ++at) {
    auto const& cell = told_.cells[static_cast<std::size_t>(at)];
    // A coordinator is no stranger to the own area.
    bool const is_own_area =
        insider && !cell.key.area.value.empty() && insider->area == cell.key.area;
    if (cell.publication == Publication::later || is_own_area) continue;
    if (insider && is_own(at, *insider)) continue;
    if (cell.key.period.kind == Kind::late) continue;
    auto const part = insider ? own_part(at, *insider) : 0;
    bool const is_open_cell = domain::is_open(cell.key) && cell.publication == Publication::told;
    bool const leaves_few = insider && is_open_cell && is_few(cell.count - part);
    bool const has_few = is_few(cell.count) && cell.count != part;
    if (!leaves_few && !has_few) continue;
    ++tried_;
    if (insider && is_known_from_tens(at, part)) {
      ++known_from_tens_;
      continue;
    }
    auto const values = 1 + ranges().most(at, true, 4) + ranges().most(at, false, 4);
    if (values < 3) found.push_back({cell.key, values, insider});
  }
  return found;
}

std::vector<Disclosed> DisclosureAttacker::attack_as_each() {
  auto found = attack();
  std::set<Contributor> insiders;
  for (auto const& cell : told_.cells) {
    auto const& key = cell.key;
    if (!key.area.value.empty()) insiders.insert({.area = key.area});
    if (key.venue) insiders.insert({.venue = key.venue});
    if (key.office) insiders.insert({.office = key.office});
  }
  for (auto const& insider : insiders) {
    auto const more = attack(insider);
    found.insert(found.end(), more.begin(), more.end());
  }
  return found;
}

}  // namespace kaiku::property
