// Withholds further cells, as few and as cheap as it takes, so that counts of 1–4 cannot be worked
// out from equations.
#pragma once

#include <optional>
#include <vector>

#include "server/domain/contributors.hpp"
#include "server/domain/primary_suppression.hpp"
#include "server/domain/suppression_view.hpp"

namespace kaiku::domain {

// One thread; holds on to the view.
class ComplementarySuppression {
 public:
  explicit ComplementarySuppression(SuppressionView& view);
  // No contributor is to learn anything by subtracting its own figures either. `in_charge`: what
  // the coordinators of areas see of their homes.
  ComplementarySuppression(SuppressionView& view, Contributors const& contributors,
                           std::vector<Remainder> const& remainders,
                           std::vector<Decision> const& in_charge);

  // By number, until three values, better four, stay possible for every count of 1–4. The cell for
  // which that cannot be reached, else nullopt.
  std::optional<int> protect();
  // Tables of which everybody is told nothing, since some cell of theirs could not be protected.
  std::vector<Table> const& left_out() const { return left_out_; }

 private:
  struct Target {
    int cell;
    std::int64_t few;  // the count, or what is left of it beside the insider's part
    int insider;
  };
  struct Narrowed {
    int cell;
    Bounds bounds;
  };
  void note_parts();
  void note_homes(std::vector<Decision> const& in_charge);
  std::int64_t reach(Target const& target, Direction direction, std::int64_t need);
  std::int64_t values_of(Target const& target);
  bool protect(Target const& target);
  bool protect_from_insiders(int cell);
  bool is_protected(Target const& target);
  bool is_known_from_tens(Target const& target) const;
  void leave_out(Table table);
  void widen(int cell);
  void withhold_used();
  void meet_contributors();
  std::vector<Narrowed> narrow_for(int insider);

  SuppressionView& view_;
  Contributors const* contributors_ = nullptr;
  CircleSearch search_;
  std::vector<std::vector<int>> insiders_of_;    // by cell: whose remainder is small
  std::vector<std::vector<Narrowed>> known_by_;  // by contributor
  std::vector<std::vector<int>> knowing_;        // by cell: who knows it narrower than others
  std::vector<std::vector<int>> touching_;       // by equation
  std::vector<int> met_;                         // on circles of the last target
  std::vector<Table> left_out_;
};

}  // namespace kaiku::domain
