// Which days count for a limit per card: one rule for the register and for a door's own uses.
#pragma once

#include "schema/contract/admission.hpp"
#include "schema/values/time.hpp"

namespace kaiku::contract {

struct DaySpan {
  Day first;
  Day last;  // inclusive
  bool operator==(DaySpan const&) const = default;
};

// For a use on `day` of a card that is valid from `valid_from`. A calendar month and a day end; an
// event and a validity period have no later end that could matter.
DaySpan days_of_limit(LimitPeriod period, Day day, Day valid_from);

}  // namespace kaiku::contract
