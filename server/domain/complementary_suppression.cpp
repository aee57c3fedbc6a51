#include "server/domain/complementary_suppression.hpp"

#include <algorithm>

namespace kaiku::domain {
namespace {

using May = MovableArrow::May;

constexpr std::int64_t fewest_values = 3;
constexpr std::int64_t sought_values = 4;

}  // namespace

ComplementarySuppression::ComplementarySuppression(SuppressionView& view)
    : view_(view),
      search_(view.arrows, view.circulation->equations),
      insiders_of_(view.arrows.size()),
      knowing_(view.arrows.size()),
      touching_(index(view.circulation->equations)) {
  for (std::size_t at = 0; at < view.arrows.size(); ++at) {
    touching_[index(view.arrows[at].tail)].push_back(static_cast<int>(at));
    touching_[index(view.arrows[at].head)].push_back(static_cast<int>(at));
  }
}

ComplementarySuppression::ComplementarySuppression(SuppressionView& view,
                                                   Contributors const& contributors,
                                                   std::vector<Remainder> const& remainders,
                                                   std::vector<Decision> const& in_charge)
    : ComplementarySuppression(view) {
  contributors_ = &contributors;
  known_by_.resize(contributors.all.size());
  for (std::size_t at = 0; at < view.arrows.size(); ++at) {
    view.arrows[at].venue_or_office = contributors.venue_or_office[at];
    view.arrows[at].area = contributors.area[at];
  }
  for (auto const& remainder : remainders) {
    insiders_of_[index(remainder.cell)].push_back(remainder.contributor);
  }
  note_parts();
  note_homes(in_charge);
}

// A cell is no less than an insider's own part of it.
void ComplementarySuppression::note_parts() {
  for (auto const& part : contributors_->parts) {
    known_by_[index(part.contributor)].push_back({part.cell, {part.count, no_limit}});
    auto const beside = view_.circulation->cells[index(part.cell)].count - part.count;
    if (beside < sought_values) knowing_[index(part.cell)].push_back(part.contributor);
  }
}

// Coordinators see what is withheld of their own homes with the signs for those in charge.
void ComplementarySuppression::note_homes(std::vector<Decision> const& in_charge) {
  for (std::size_t at = 0; at < in_charge.size(); ++at) {
    auto const& cell = view_.circulation->cells[at];
    bool const is_withheld = is_published(cell) && in_charge[at].sign != Sign::shown;
    if (!is_home(cell.key) || cell.key.municipality.empty() || !is_withheld) continue;
    auto const coordinator = contributors_->coordinator_of(cell.key.area);
    if (!coordinator) continue;
    known_by_[index(*coordinator)].push_back(
        {static_cast<int>(at), bounds_of(cell, in_charge[at], Audience::in_charge)});
    knowing_[at].push_back(*coordinator);
  }
}

std::vector<ComplementarySuppression::Narrowed> ComplementarySuppression::narrow_for(int insider) {
  std::vector<Narrowed> before;
  if (insider == Contributor::nobody) return before;
  for (auto const& known : known_by_[index(insider)]) {
    auto& arrow = view_.arrows[index(known.cell)];
    before.push_back({known.cell, arrow.bounds});
    if (arrow.is_later) continue;
    arrow.bounds.lowest = std::max(arrow.bounds.lowest, std::min(known.bounds.lowest, arrow.count));
    arrow.bounds.highest =
        std::min(arrow.bounds.highest, std::max(known.bounds.highest, arrow.count));
  }
  return before;
}

void ComplementarySuppression::withhold_used() {
  for (int const cell : search_.used()) {
    if (view_.is_untold(cell) && view_.decisions[index(cell)].sign == Sign::shown) {
      view_.decisions[index(cell)] = {Sign::complementary, false};
    }
  }
}

// Whoever's figures are on a circle, or who knows how far it cannot go, may see it broken.
void ComplementarySuppression::meet_contributors() {
  if (contributors_ == nullptr) return;
  for (int const cell : search_.used()) {
    auto const& arrow = view_.arrows[index(cell)];
    for (int const met : {arrow.venue_or_office, arrow.area}) {
      if (met != Contributor::nobody) met_.push_back(met);
    }
    auto const& knowing = knowing_[index(cell)];
    met_.insert(met_.end(), knowing.begin(), knowing.end());
  }
}

std::int64_t ComplementarySuppression::reach(Target const& target, Direction direction,
                                             std::int64_t need) {
  if (need <= 0) return 0;
  auto const pushed = search_.push({target.cell, direction, need, target.insider});
  withhold_used();
  if (target.insider == Contributor::nobody) meet_contributors();
  return pushed;
}

// How many values stay possible, withholding more where that is too few.
std::int64_t ComplementarySuppression::values_of(Target const& target) {
  if (target.few < 0) {  // a late row: two either way
    return 1 + reach(target, Direction::down, 2) + reach(target, Direction::up, 2);
  }
  bool const is_any = view_.may_be_any_count(target.cell);
  auto const down = reach(target, Direction::down, is_any ? target.few : target.few - 1);
  auto const up =
      reach(target, Direction::up, is_any ? sought_values - down : sought_values - target.few);
  return 1 + down + up;
}

// The cell and what is withheld beside it, as far as untold, lose their sign for one that says
// less.
void ComplementarySuppression::widen(int cell) {
  auto const& arrow = view_.arrows[index(cell)];
  for (int const equation : {arrow.tail, arrow.head}) {
    for (int const beside : touching_[index(equation)]) {
      if (view_.decisions[index(beside)].sign == Sign::shown) continue;
      view_.withhold(beside, {Sign::complementary, true});
    }
  }
}

bool ComplementarySuppression::is_protected(Target const& target) {
  auto const before = narrow_for(target.insider);
  auto const values = values_of(target);
  for (auto known = before.rbegin(); known != before.rend(); ++known) {
    view_.arrows[index(known->cell)].bounds = known->bounds;
  }
  return values >= fewest_values;
}

// Figures in tens have told this insider already; no cell that is withheld takes it back.
bool ComplementarySuppression::is_known_from_tens(Target const& target) const {
  if (target.insider == Contributor::nobody) return false;
  auto const& cell = view_.circulation->cells[index(target.cell)];
  auto const bounds = bounds_of(cell, {Sign::complementary, true}, view_.audience);
  auto const lowest = std::max(bounds.lowest, contributors_->part_of(target.insider, target.cell));
  return bounds.highest - lowest + 1 < fewest_values;
}

bool ComplementarySuppression::protect(Target const& target) {
  if (is_known_from_tens(target) || is_protected(target)) return true;
  widen(target.cell);
  if (is_protected(target)) return true;
  if (view_.audience == Audience::in_charge) return false;
  leave_out(view_.circulation->cells[index(target.cell)].key.table);
  return is_protected(target);
}

// Those in charge decide themselves what a run is drawn without; from open data it just goes.
void ComplementarySuppression::leave_out(Table table) {
  bool had_any = false;
  for (std::size_t at = 0; at < view_.arrows.size(); ++at) {
    auto const number = static_cast<int>(at);
    if (view_.circulation->cells[at].key.table != table || !view_.is_untold(number)) continue;
    view_.withhold(number, {Sign::complementary, true});
    had_any = true;
  }
  if (had_any) left_out_.push_back(table);
}

bool ComplementarySuppression::protect_from_insiders(int cell) {
  if (contributors_ == nullptr) return true;
  auto insiders = insiders_of_[index(cell)];
  insiders.insert(insiders.end(), met_.begin(), met_.end());
  std::ranges::sort(insiders);
  auto const repeated = std::ranges::unique(insiders);
  insiders.erase(repeated.begin(), repeated.end());
  auto const& declared = view_.circulation->cells[index(cell)];
  return std::ranges::all_of(insiders, [&](int insider) {
    if (!contributors_->is_stranger_to(insider, declared.key)) return true;
    auto const few = declared.count - contributors_->part_of(insider, cell);
    return few == 0 || protect({cell, few, insider});
  });
}

std::optional<int> ComplementarySuppression::protect() {
  for (std::size_t at = 0; at < view_.arrows.size(); ++at) {
    auto const& cell = view_.circulation->cells[at];
    auto const number = static_cast<int>(at);
    met_.clear();
    bool const is_shown_to_nobody = view_.audience == Audience::everybody &&
                                    view_.circulation->declared[at] == Circulation::undeclared;
    if (cell.publication == Publication::later || is_shown_to_nobody) continue;
    if (is_sensitive(cell) && !protect({number, cell.count, Contributor::nobody})) return number;
    if (!protect_from_insiders(number)) return number;
  }
  return std::nullopt;
}

}  // namespace kaiku::domain
