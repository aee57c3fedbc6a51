#include "schema/contract/limit_days.hpp"

#include <limits>

namespace kaiku::contract {

DaySpan days_of_limit(LimitPeriod period, Day day, Day valid_from) {
  constexpr Day first_day{0};
  constexpr Day last_day{std::numeric_limits<std::int32_t>::max()};
  switch (period) {
    case LimitPeriod::event: return {first_day, last_day};
    case LimitPeriod::day: return {day, day};
    case LimitPeriod::month: {
      auto const date = civil_of(day);
      auto const first = *day_from(date.year, date.month, 1);
      return {first, add_months(first, 1) + -1};
    }
    case LimitPeriod::validity: return {valid_from, last_day};
  }
  return {day, day};
}

}  // namespace kaiku::contract
