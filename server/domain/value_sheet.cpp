#include "server/domain/value_sheet.hpp"

#include <algorithm>

namespace kaiku::domain {
namespace {

constexpr std::int64_t whole = 1'000;  // thousandths
constexpr std::int64_t cents_a_euro = 100;

constexpr std::array<std::string_view, value_line_count> words{
    "adult_culture", "adult_education", "adult_science", "adult_sport",
    "child_culture", "child_education", "child_science", "child_sport",
    "otherwise",     "attribution",     "wellbeing",     "costs"};

std::size_t place_of(ValueLine line) { return static_cast<std::size_t>(line); }

using Picked = std::array<std::int64_t, value_line_count>;

std::int64_t neutral(ValueLine line) { return line == ValueLine::attribution ? whole : 0; }

Picked pick(ValueRanges const& ranges, std::int64_t ValueRange::*end) {
  Picked picked{};
  for (std::size_t at = 0; at < picked.size(); ++at) {
    picked[at] = ranges[at] ? (*ranges[at]).*end : neutral(static_cast<ValueLine>(at));
  }
  return picked;
}

// Every product stays below 2^63: the sum of tickets is split before it is multiplied.
std::int64_t worth(ValuedCounts const& counts, Picked const& picked) {
  constexpr std::int64_t parts = whole * whole;
  std::int64_t tickets = 0;
  for (std::size_t at = 0; at < counts.tickets.size(); ++at) {
    tickets += counts.tickets[at] * picked[at];
  }
  auto const share =
      (whole - picked[place_of(ValueLine::otherwise)]) * picked[place_of(ValueLine::attribution)];
  auto const rounded = tickets / parts * share + (tickets % parts * share + parts / 2) / parts;
  return rounded + counts.active_cards * picked[place_of(ValueLine::wellbeing)];
}

// More visits that would have been made anyway make the cards worth less.
void swap_falling(Picked& one, Picked& other) {
  auto const at = place_of(ValueLine::otherwise);
  std::swap(one[at], other[at]);
}

ValueRatio ratio_of(ValueRange const& value, ValueRange const& costs) {
  constexpr std::int64_t tenths = 10;
  return {value.low * tenths / costs.high, (value.high * tenths + costs.low - 1) / costs.low};
}

}  // namespace

std::string_view word_of(ValueLine line) { return words.at(place_of(line)); }

std::optional<ValueLine> value_line_from(std::string_view word) {
  auto const* const found = std::ranges::find(words, word);
  if (found == words.end()) return std::nullopt;
  return static_cast<ValueLine>(found - words.begin());
}

ValueLine adult_line(contract::Sector sector) {
  return static_cast<ValueLine>(static_cast<int>(sector));
}
ValueLine child_line(contract::Sector sector) {
  return static_cast<ValueLine>(static_cast<int>(ValueLine::child_culture) +
                                static_cast<int>(sector));
}

bool is_share(ValueLine line) {
  return line == ValueLine::otherwise || line == ValueLine::attribution;
}
bool may_be_empty(ValueLine line) { return !is_share(line); }

std::int64_t most_of(ValueLine line) {
  if (is_share(line)) return whole;
  if (line == ValueLine::wellbeing) return 100'000 * cents_a_euro;
  if (line == ValueLine::costs) return 1'000'000'000 * cents_a_euro;
  return 10'000 * cents_a_euro;
}

ValueRanges ranges_of(std::vector<ValueRow> const& rows) {
  ValueRanges ranges{};
  for (auto const& row : rows) ranges.at(place_of(row.line)) = row.range;
  return ranges;
}

ValueSheet value_of(ValuedCounts const& counts, ValueRanges const& ranges) {
  auto low = pick(ranges, &ValueRange::low);
  auto const base = pick(ranges, &ValueRange::base);
  auto high = pick(ranges, &ValueRange::high);
  ValueSheet sheet;
  for (std::size_t at = 0; at < ranges.size(); ++at) {
    auto const line = static_cast<ValueLine>(at);
    if (!ranges[at] || line == ValueLine::costs) continue;
    LineEffect effect{line};
    auto moved = base;
    moved[at] = low[at];
    effect.at_low = worth(counts, moved);
    moved[at] = high[at];
    effect.at_high = worth(counts, moved);
    sheet.effects.push_back(effect);
  }
  swap_falling(low, high);
  sheet.value = {worth(counts, low), worth(counts, base), worth(counts, high)};
  auto const& costs = ranges[place_of(ValueLine::costs)];
  if (costs && costs->low > 0) sheet.ratio = ratio_of(sheet.value, *costs);
  return sheet;
}

}  // namespace kaiku::domain
