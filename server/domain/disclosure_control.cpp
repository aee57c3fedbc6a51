#include "server/domain/disclosure_control.hpp"

#include <algorithm>

#include "server/domain/complementary_suppression.hpp"
#include "server/domain/disclosure_audit.hpp"
#include "server/domain/primary_suppression.hpp"

namespace kaiku::domain {
namespace {

using Why = Refusal::Why;

Refusal refusal(Circulation const& circulation, Why why, int cell) {
  return {why, circulation.cells[index(cell)].key};
}

std::vector<bool> shown_cells(std::vector<Decision> const& decisions) {
  std::vector<bool> shown;
  for (auto const& decision : decisions) shown.push_back(decision.sign == Sign::shown);
  return shown;
}

std::optional<Refusal> control_for_those_in_charge(Circulation const& circulation, Signs& signs) {
  auto view = view_of_those_in_charge(circulation);
  withhold_small(view);
  withhold_undivided(view);
  auto const unprotected = ComplementarySuppression(view).protect();
  signs.in_charge = view.decisions;
  if (unprotected) return refusal(circulation, Why::unprotected, *unprotected);
  auto const found = audit_for_those_in_charge(circulation, signs);
  if (found) return refusal(circulation, Why::audit, found->cell);
  return std::nullopt;
}

std::optional<Refusal> control_for_everybody(Circulation const& circulation,
                                             std::vector<Share> const& shares, Signs& signs,
                                             std::vector<Table>& left_out) {
  auto const contributors = contributors_of(circulation, shares, shown_cells(signs.in_charge));
  auto view = view_of_everybody(circulation, signs.in_charge);
  auto const remainders = small_remainders(view, contributors);
  withhold_remainders(view, remainders);
  ComplementarySuppression suppression(view, contributors, remainders, signs.in_charge);
  auto const unprotected = suppression.protect();
  left_out = suppression.left_out();
  signs.openly = view.decisions;
  if (unprotected) return refusal(circulation, Why::unprotected, *unprotected);
  auto const found = audit_for_everybody(circulation, signs, contributors);
  if (found) return refusal(circulation, Why::audit, found->cell);
  return std::nullopt;
}

void withhold_all_open_cells(Circulation const& circulation, Signs& signs) {
  for (std::size_t at = 0; at < circulation.cells.size(); ++at) {
    auto const& cell = circulation.cells[at];
    if (is_open(cell.key) && cell.publication == Publication::now) {
      signs.openly[at] = {Sign::complementary, true};
    }
  }
}

// From numbers to places in the set.
std::vector<std::optional<Decision>> by_place(Circulation const& circulation, std::size_t count,
                                              std::vector<Decision> const& decisions) {
  std::vector<std::optional<Decision>> placed(count);
  for (std::size_t at = 0; at < decisions.size(); ++at) {
    int const place = circulation.declared[at];
    if (place == Circulation::undeclared || !is_published(circulation.cells[at])) continue;
    placed[index(place)] = decisions[at];
  }
  return placed;
}

}  // namespace

DisclosureControl control_disclosure(DeclaredSet const& set) {
  DisclosureControl control;
  auto const circulation = circulation_of(set);
  if (auto const cell = unbalanced(circulation)) {
    control.refused = {Why::unbalanced, *cell};
    return control;
  }
  Signs signs;
  control.refused = control_for_those_in_charge(circulation, signs);
  if (control.refused) return control;
  bool const has_open_cells =
      std::ranges::any_of(set.cells, [](DeclaredCell const& cell) { return is_open(cell.key); });
  signs.openly = signs.in_charge;
  if (has_open_cells) {
    control.refused_openly =
        control_for_everybody(circulation, set.shares, signs, control.left_out_openly);
  }
  if (control.refused_openly) withhold_all_open_cells(circulation, signs);
  control.signs.in_charge = by_place(circulation, set.cells.size(), signs.in_charge);
  control.signs.openly = by_place(circulation, set.cells.size(), signs.openly);
  return control;
}

}  // namespace kaiku::domain
