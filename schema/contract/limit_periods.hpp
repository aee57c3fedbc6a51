// The periods of a limit per card; limit_periods.def is the one table of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kaiku::contract {

enum class LimitPeriod {
#define KAIKU_LIMIT_PERIOD(name, fi, sv, en) name,
#include "schema/contract/limit_periods.def"
#undef KAIKU_LIMIT_PERIOD
};
// Their numbers are 0 to one less.
inline constexpr std::int64_t limit_period_count = 0
#define KAIKU_LIMIT_PERIOD(name, fi, sv, en) +1  // NOLINT(bugprone-macro-parentheses): a sum
#include "schema/contract/limit_periods.def"
#undef KAIKU_LIMIT_PERIOD
    ;

std::string_view word_of(LimitPeriod period);
std::optional<LimitPeriod> limit_period_from(std::string_view word);

}  // namespace kaiku::contract
