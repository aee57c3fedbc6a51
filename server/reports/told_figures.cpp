#include "server/reports/told_figures.hpp"

#include <algorithm>

namespace kaiku::reports {
namespace {

using domain::CellKey;
using domain::Table;
using tables::KeptCell;

// Whose rows have no area, or one row of the network beside those of areas.
bool has_network_rows(Table table) {
  return table == Table::cards_network || table == Table::uses_network || table == Table::beside ||
         table == Table::community || table == Table::judged;
}

}  // namespace

std::vector<KeptCell> const& ToldFigures::cells(int year, Table table) {
  auto const [found, is_new] = read_.try_emplace({year, table});
  if (is_new && up_to_entry_ > 0) {
    auto const area = has_network_rows(table) ? std::nullopt : area_;
    found->second = tables::told_cells(tx_, year, up_to_entry_, {table, area});
  }
  return found->second;
}

Figure ToldFigures::at(int year, CellKey const& key) {
  auto const& told = cells(year, key.table);
  auto const found = std::ranges::lower_bound(told, key, {}, &KeptCell::key);
  if (found == told.end() || found->key != key) return {};
  if (is_in_charge_) return figure_of(found->in_charge, found->count);
  return found->openly ? figure_of(*found->openly, found->count) : Figure{};
}

Figure ToldFigures::sum(CellKey key, std::vector<Part> const& parts) {
  std::optional<Figure> total;
  for (auto const& part : parts) {
    key.period = part.period;
    auto const figure = at(part.year, key);
    total = total ? *total + figure : figure;
  }
  return total.value_or(Figure{});
}

void ToldFigures::add_cards(Measures& into, CellKey const& row, std::vector<Part> const& parts) {
  auto const of = [&](domain::Measure measure) {
    auto key = row;
    key.measure = measure;
    return sum(std::move(key), parts);
  };
  into.registered = of(domain::Measure::registered);
  // A card is taken into use in its own year; several years of it would say nothing.
  if (parts.size() != 1) return;
  into.taken = of(domain::Measure::taken);
  into.not_taken = of(domain::Measure::not_taken);
  into.earlier_years = of(domain::Measure::earlier_years);
}

void ToldFigures::add_uses(Measures& into, CellKey const& row, std::vector<Part> const& parts) {
  auto const of = [&](domain::Measure measure, std::optional<contract::Sector> sector) {
    auto key = row;
    key.measure = measure;
    key.sector = sector;
    return sum(std::move(key), parts);
  };
  into.adults = of(domain::Measure::adults, row.sector);
  into.children = of(domain::Measure::children, row.sector);
  if (row.sector || !std::ranges::all_of(parts, &Part::is_year)) return;
  for (std::size_t at = 0; at < into.adults_by_sector.size(); ++at) {
    auto const sector = static_cast<contract::Sector>(at);
    into.adults_by_sector.at(at) = of(domain::Measure::adults, sector);
    into.children_by_sector.at(at) = of(domain::Measure::children, sector);
  }
}

Measures ToldFigures::measures(CellKey const& row, std::optional<Table> cards,
                               std::optional<Table> uses, std::vector<Part> const& parts) {
  Measures measures;
  auto key = row;
  if (cards) {
    key.table = *cards;
    add_cards(measures, key, parts);
  }
  if (uses) {
    key.table = *uses;
    add_uses(measures, key, parts);
  }
  return measures;
}

}  // namespace kaiku::reports
