#include "server/domain/suppression_view.hpp"

#include <algorithm>

namespace kaiku::domain {
namespace {

using May = MovableArrow::May;

// Fewer of a measure in a year are little.
constexpr std::int64_t least_for_quarters = 40;
// Of a cell that the last settled edition does not show.
constexpr std::int64_t last_settled_unknown = 100;

bool is_hidden_from(Audience audience, CellKey const& key) {
  return audience == Audience::everybody && !is_open(key);
}

MovableArrow free_arrow(DeclaredCell const& cell) {
  bool const is_known = cell.publication != Publication::later;
  auto const lowest = is_known && !is_late(cell.key) ? 0 : -no_limit;
  return {.count = cell.count,
          .bounds = {lowest, no_limit},
          .may = May::move_already,
          .is_later = !is_known};
}

// It stands at what it was a year before, as if it were withheld for another's sake. A late row
// stands at nothing: nobody can count on there being one.
MovableArrow arrow_of_later(Circulation const& circulation, DeclaredCell cell) {
  cell.count = is_late(cell.key) ? 0 : cell.last_settled.value_or(last_settled_unknown);
  cell.running.reset();
  Decision const decision{Sign::complementary, is_quarter_of_little(circulation, cell.key)};
  return {.count = cell.count,
          .bounds = bounds_of(cell, decision, Audience::in_charge),
          .may = May::be_reserved,
          .is_later = true};
}

MovableArrow arrow_of_published(DeclaredCell const& cell, Decision decision, Audience audience) {
  bool const can_yield = cell.publication == Publication::now && cell.count >= threshold;
  May may = May::move_already;
  if (decision.sign == Sign::shown) {
    decision.sign = Sign::complementary;
    may = can_yield ? May::be_withheld : May::stay;
  }
  return {.count = cell.count, .bounds = bounds_of(cell, decision, audience), .may = may};
}

MovableArrow arrow_of(SuppressionView const& view, int number) {
  auto const& circulation = *view.circulation;
  auto const& cell = circulation.cells[index(number)];
  MovableArrow arrow;
  if (is_hidden_from(view.audience, cell.key) || cell.publication == Publication::never) {
    arrow = free_arrow(cell);
  } else if (cell.publication == Publication::later) {
    arrow = arrow_of_later(circulation, cell);
  } else {
    arrow = arrow_of_published(cell, view.decisions[index(number)], view.audience);
  }
  arrow.tail = circulation.arrows[index(number)].tail;
  arrow.head = circulation.arrows[index(number)].head;
  arrow.cost = {
      .network_cells = is_network(cell.key) ? 1 : 0,
      .later_cells = cell.publication == Publication::later ? 1 : 0,
      .last_settled = std::max<std::int64_t>(0, cell.last_settled.value_or(last_settled_unknown)),
      .numbers = number};
  return arrow;
}

void add_arrows(SuppressionView& view) {
  for (std::size_t at = 0; at < view.decisions.size(); ++at) {
    view.arrows.push_back(arrow_of(view, static_cast<int>(at)));
  }
}

}  // namespace

bool SuppressionView::is_untold(int cell) const {
  auto const& declared = circulation->cells[index(cell)];
  return declared.publication == Publication::now && !is_hidden_from(audience, declared.key);
}

void SuppressionView::withhold(int cell, Decision decision) {
  if (!is_untold(cell)) return;
  decisions[index(cell)] = decision;
  auto& arrow = arrows[index(cell)];
  arrow.bounds = bounds_of(circulation->cells[index(cell)], decision, audience);
  arrow.may = May::move_already;
}

bool SuppressionView::may_be_any_count(int cell) const {
  auto const& declared = circulation->cells[index(cell)];
  return decisions[index(cell)].any_count || declared.publication == Publication::never ||
         is_hidden_from(audience, declared.key);
}

SuppressionView view_of_those_in_charge(Circulation const& circulation) {
  SuppressionView view{&circulation, Audience::in_charge, {}, {}};
  for (auto const& cell : circulation.cells) {
    bool const is_told = cell.publication == Publication::told;
    view.decisions.push_back(is_told ? cell.told : Decision{});
  }
  add_arrows(view);
  return view;
}

SuppressionView view_of_everybody(Circulation const& circulation,
                                  std::vector<Decision> const& in_charge) {
  SuppressionView view{&circulation, Audience::everybody, in_charge, {}};
  for (std::size_t at = 0; at < in_charge.size(); ++at) {
    auto const& cell = circulation.cells[at];
    if (cell.publication == Publication::told) view.decisions[at] = cell.told_openly;
  }
  add_arrows(view);
  return view;
}

bool is_quarter_of_little(Circulation const& circulation, CellKey const& key) {
  bool const has_periods = key.table == Table::cards_area || key.table == Table::uses_area;
  if (!has_periods || key.period.kind == Period::Kind::year) return false;
  CellKey year = key;
  year.period = {};
  auto const number = circulation.number_of(year);
  if (!number) return true;
  return circulation.cells[index(*number)].last_settled.value_or(0) < least_for_quarters;
}

}  // namespace kaiku::domain
