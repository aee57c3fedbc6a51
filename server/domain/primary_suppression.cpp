#include "server/domain/primary_suppression.hpp"

namespace kaiku::domain {
namespace {

constexpr Decision undivided{Sign::complementary, true};

}  // namespace

void withhold_small(SuppressionView& view) {
  for (std::size_t at = 0; at < view.decisions.size(); ++at) {
    auto const& cell = view.circulation->cells[at];
    auto const number = static_cast<int>(at);
    if (is_late(cell.key)) {
      if (cell.late_withheld) view.withhold(number, {Sign::complementary, true});
    } else if (counts_few(cell.count)) {
      view.withhold(number, {Sign::small, false});
    }
  }
}

void withhold_undivided(SuppressionView& view) {
  auto const& circulation = *view.circulation;
  for (std::size_t at = 0; at < view.decisions.size(); ++at) {
    if (is_quarter_of_little(circulation, circulation.cells[at].key)) {
      view.withhold(static_cast<int>(at), undivided);
    }
  }
  std::vector<std::vector<int>> wholes_of(circulation.cells.size());
  std::vector<int> below;
  for (std::size_t at = 0; at < circulation.wholes.size(); ++at) {
    int const whole = circulation.wholes[at].arrow;
    wholes_of[index(whole)].push_back(static_cast<int>(at));
    auto const& cell = circulation.cells[index(whole)];
    bool const is_divided = circulation.wholes[at].parts.size() > 1;
    if (is_divided && is_published(cell) && counts_few(cell.count)) below.push_back(whole);
  }
  std::vector<bool> is_done(circulation.cells.size());
  while (!below.empty()) {
    int const whole = below.back();
    below.pop_back();
    if (is_done[index(whole)]) continue;
    is_done[index(whole)] = true;
    for (int const at : wholes_of[index(whole)]) {
      for (int const part : circulation.wholes[index(at)].parts) {
        view.withhold(part, undivided);
        below.push_back(part);
      }
    }
  }
}

std::vector<Remainder> small_remainders(SuppressionView const& view,
                                        Contributors const& contributors) {
  std::vector<Remainder> found;
  for (auto const& part : contributors.parts) {
    auto const& cell = view.circulation->cells[index(part.cell)];
    // What an earlier run has shown is told, whatever has been recorded since.
    bool const is_shown_already = cell.publication == Publication::told &&
                                  view.decisions[index(part.cell)].sign == Sign::shown;
    bool const is_concerned = is_open(cell.key) && is_published(cell) && !is_shown_already &&
                              contributors.is_stranger_to(part.contributor, cell.key);
    if (is_concerned && counts_few(cell.count - part.count)) {
      found.push_back({part.cell, part.contributor});
    }
  }
  return found;
}

void withhold_remainders(SuppressionView& view, std::vector<Remainder> const& remainders) {
  for (auto const& remainder : remainders) {
    if (view.decisions[index(remainder.cell)].sign == Sign::shown) {
      view.withhold(remainder.cell, {Sign::complementary, false});
    }
  }
}

}  // namespace kaiku::domain
