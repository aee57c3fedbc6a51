// One number of a report as its reader may see it, and sums of such numbers.
#pragma once

#include <cstdint>
#include <optional>

#include "server/domain/declared_cells.hpp"

namespace kaiku::reports {

struct Figure {
  enum class Is : std::uint8_t {
    shown,          // `count` is exact
    small,          // 1–4, truly: `<5`
    complementary,  // withheld for another's sake: `…`
    not_published,  // no such cell, or not yet: `–`
    at_least,       // a sum of which a part is withheld: `≥ count`
  };
  Is is = Is::not_published;
  std::int64_t count = 0;  // of `shown` and `at_least`; else 0
  bool operator==(Figure const&) const = default;
  std::optional<std::int64_t> value() const {
    return is == Is::shown ? std::optional(count) : std::nullopt;
  }
};
Figure shown(std::int64_t count);
Figure figure_of(domain::Decision const& decision, std::int64_t count);

// The least that the count can be in its reader's eyes: 1 of `<5`, nought of what is not told.
std::int64_t lower_limit(Figure const& figure);

// Shown when both are; not published when both are not; else at least what is shown.
Figure operator+(Figure const& one, Figure const& other);

// taken / registered of whole numbers, half up, four decimals; nullopt when either is not shown or
// nothing was registered.
std::optional<double> rate_of(Figure const& part, Figure const& whole);
// What stands where rate_of gives none: withheld as what it is of, or that there is none.
Figure sign_without_rate(Figure const& part, Figure const& whole);

}  // namespace kaiku::reports
