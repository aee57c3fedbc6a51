// What uses of cards are worth under assumptions that somebody has written down: whole cents and
// thousandths, rounded once, half up.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/contract/card_state.hpp"

namespace kaiku::domain {

// Numbers are stored: new ones come last.
enum class ValueLine : std::uint8_t {
  adult_culture,  // an adult's ticket by sector, in cents
  adult_education,
  adult_science,
  adult_sport,
  child_culture,  // and a child's
  child_education,
  child_science,
  child_sport,
  otherwise,    // share of visits that would have been made anyway, in thousandths
  attribution,  // share of the rest that is the card's doing, in thousandths
  wellbeing,    // per active card, in cents
  costs,        // in cents; none: no ratio is told
};
inline constexpr std::size_t value_line_count = 12;
inline constexpr std::size_t ticket_line_count = 8;
std::string_view word_of(ValueLine line);
std::optional<ValueLine> value_line_from(std::string_view word);
ValueLine adult_line(contract::Sector sector);
ValueLine child_line(contract::Sector sector);
bool is_share(ValueLine line);
// Whether a sheet can do without: shares stand in every product.
bool may_be_empty(ValueLine line);
// The most that a line may say, in its unit.
std::int64_t most_of(ValueLine line);

struct ValueRange {
  std::int64_t low = 0;
  std::int64_t base = 0;
  std::int64_t high = 0;
  bool operator==(ValueRange const&) const = default;
};
struct ValueRow {
  ValueLine line = ValueLine::adult_culture;
  std::optional<ValueRange> range = {};
  std::string source = {};
  std::string note = {};
  bool operator==(ValueRow const&) const = default;
};
// By ValueLine. An empty line of money is worth nothing, an empty share takes nothing away.
using ValueRanges = std::array<std::optional<ValueRange>, value_line_count>;
ValueRanges ranges_of(std::vector<ValueRow> const& rows);

// What is valued: at most a thousand million of each.
struct ValuedCounts {
  std::array<std::int64_t, ticket_line_count> tickets{};  // by ValueLine
  std::int64_t active_cards = 0;
};

// The value in cents when one line alone is at its low or high number and the others at their base.
struct LineEffect {
  ValueLine line = ValueLine::adult_culture;
  std::int64_t at_low = 0;
  std::int64_t at_high = 0;
};
// Value to costs in tenths: the low end rounded down and the high end up. Never one number.
struct ValueRatio {
  std::int64_t low = 0;
  std::int64_t high = 0;
};
struct ValueSheet {
  ValueRange value;                 // cents, low <= base <= high
  std::vector<LineEffect> effects;  // of each line that is filled in, but for costs
  std::optional<ValueRatio> ratio;  // with costs alone
};
// Ranges have to be ordered and within most_of.
ValueSheet value_of(ValuedCounts const& counts, ValueRanges const& ranges);

}  // namespace kaiku::domain
