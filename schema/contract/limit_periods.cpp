#include "schema/contract/limit_periods.hpp"

#include <algorithm>
#include <array>

namespace kaiku::contract {
namespace {

constexpr std::array<std::string_view, limit_period_count> words{
#define KAIKU_LIMIT_PERIOD(name, fi, sv, en) #name,
#include "schema/contract/limit_periods.def"
#undef KAIKU_LIMIT_PERIOD
};

}  // namespace

std::string_view word_of(LimitPeriod period) { return words.at(static_cast<std::size_t>(period)); }

std::optional<LimitPeriod> limit_period_from(std::string_view word) {
  auto const found = std::ranges::find(words, word);
  if (found == words.end()) return std::nullopt;
  return static_cast<LimitPeriod>(found - words.begin());
}

}  // namespace kaiku::contract
