#include "server/domain/declared_cells.hpp"

#include <algorithm>
#include <functional>

namespace kaiku::domain {
namespace {

Bounds bounds_by_sign(DeclaredCell const& cell, Decision decision) {
  switch (decision.sign) {
    case Sign::shown: return {cell.count, cell.count};
    case Sign::small: return {1, threshold - 1};
    case Sign::complementary: break;
  }
  if (cell.late_withheld) return {-no_limit, no_limit};
  return {std::min(decision.any_count ? 0 : threshold, cell.count), no_limit};
}

}  // namespace

std::size_t CellKeyHash::operator()(CellKey const& key) const noexcept {
  std::size_t hash = 0;
  auto const add = [&](std::size_t part) {
    constexpr std::size_t odd = 0x9E3779B97F4A7C15;
    hash = (hash ^ part) * odd;
    hash ^= hash >> 32U;
  };
  auto const of_number = [](auto number) { return static_cast<std::size_t>(number); };
  auto const of_text = std::hash<std::string>{};
  add(of_number(key.table) << 16U | of_number(key.measure) << 8U |
      (key.sector ? of_number(*key.sector) + 1 : 0));
  add(of_number(key.period.kind) << 8U | of_number(key.period.number));
  add(of_number(key.venue.value));
  add(of_number(key.office.value));
  for (auto const* text : {&key.area.value, &key.municipality, &key.label}) {
    add(text->empty() ? 0 : of_text(*text));
  }
  return hash;
}

bool is_network(CellKey const& key) {
  switch (key.table) {
    case Table::cards_network:
    case Table::uses_network: return true;
    case Table::background: return key.area.value.empty();
    default: return key.measure == Measure::whole;
  }
}

bool is_home(CellKey const& key) { return key.table == Table::cards_home; }

bool is_late(CellKey const& key) { return key.period.kind == Period::Kind::late; }

bool is_open(CellKey const& key) {
  bool const is_of_a_year = key.period.kind == Period::Kind::year;
  switch (key.table) {
    case Table::cards_network:
    case Table::uses_network:
    case Table::uses_municipality: return true;
    case Table::cards_area:
    case Table::uses_area: return is_of_a_year;
    case Table::cards_home:
      return key.measure != Measure::earlier_years && !key.municipality.empty();
    case Table::beside:
    case Table::judged:
    case Table::community:
    case Table::background:
    case Table::cohort: return key.area.value.empty();
    case Table::uses_venue:
    case Table::cards_office:
    case Table::flows:
    case Table::venue_months: break;
  }
  return false;
}

std::vector<CellKey> cells_that_hold(CellKey const& key) {
  std::vector<CellKey> found;
  auto const add = [&](Table table, auto const& change) {
    CellKey cell{.table = table, .period = key.period, .measure = key.measure};
    change(cell);
    found.push_back(std::move(cell));
  };
  auto const of_area = [&](CellKey& cell) { cell.area = key.area; };
  auto const of_network = [](CellKey&) {};
  switch (key.table) {
    case Table::uses_venue:
      add(Table::uses_municipality, [&](CellKey& cell) {
        cell.area = key.area;
        cell.municipality = key.municipality;
      });
      add(Table::uses_area, of_area);
      add(Table::uses_area, [&](CellKey& cell) {
        cell.area = key.area;
        cell.sector = key.sector;
      });
      add(Table::uses_network, of_network);
      add(Table::uses_network, [&](CellKey& cell) { cell.sector = key.sector; });
      break;
    case Table::cards_office:
      add(Table::cards_area, of_area);
      add(Table::cards_network, of_network);
      break;
    case Table::cards_area: add(Table::cards_network, of_network); break;
    case Table::uses_area:
      add(Table::uses_network, [&](CellKey& cell) { cell.sector = key.sector; });
      break;
    case Table::beside:
    case Table::judged:
    case Table::community:
      if (key.measure == Measure::part) {
        add(key.table, [&](CellKey& cell) {
          cell.measure = Measure::whole;
          cell.label = key.label;
        });
      }
      break;
    default: break;
  }
  return found;
}

bool is_published(DeclaredCell const& cell) {
  return cell.publication == Publication::now || cell.publication == Publication::told;
}

Bounds bounds_of(DeclaredCell const& cell, Decision decision, Audience audience) {
  Bounds bounds = bounds_by_sign(cell, decision);
  bool const knows_tens = audience == Audience::in_charge || is_network(cell.key);
  if (decision.sign == Sign::shown) return bounds;
  // A nightly figure may be older than the run by what was recorded in between.
  auto const narrow = [&](Bounds const& known) {
    bounds.lowest = std::max(bounds.lowest, std::min(known.lowest, cell.count));
    bounds.highest = std::min(bounds.highest, std::max(known.highest, cell.count));
  };
  if (cell.running && knows_tens) narrow(*cell.running);
  if (cell.known_before) narrow(*cell.known_before);
  return bounds;
}

bool is_sensitive(DeclaredCell const& cell) {
  if (is_late(cell.key)) return cell.late_withheld && !is_network(cell.key) && cell.count != 0;
  return counts_few(cell.count) || std::ranges::any_of(cell.earlier_counts, counts_few);
}

}  // namespace kaiku::domain
