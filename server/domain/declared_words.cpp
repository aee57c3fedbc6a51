#include "server/domain/declared_words.hpp"

#include <array>

namespace kaiku::domain {
namespace {

// In the order of their enum; an index is the value.
constexpr std::array<std::string_view, 15> table_words{
    "cards.network", "uses.network", "cards.area",   "uses.area",    "uses.municipality",
    "uses.venue",    "cards.home",   "cards.office", "beside",       "judged",
    "community",     "background",   "flows",        "venue.months", "cohort"};
constexpr std::array<std::string_view, 8> measure_words{"registered",
                                                        "taken_into_use",
                                                        "not_taken_into_use",
                                                        "used_of_earlier_years",
                                                        "adults",
                                                        "children",
                                                        "part",
                                                        "whole"};
constexpr std::array<std::string_view, 4> period_words{"year", "quarter", "late", "month"};

template <class Enum, std::size_t N>
std::string_view word_in(std::array<std::string_view, N> const& words, Enum value) {
  return words.at(static_cast<std::size_t>(value));
}

template <class Enum, std::size_t N>
std::optional<Enum> value_in(std::array<std::string_view, N> const& words, std::string_view word) {
  for (std::size_t at = 0; at < N; ++at) {
    if (words[at] == word) return static_cast<Enum>(at);
  }
  return std::nullopt;
}

}  // namespace

std::string_view word_of(Table table) { return word_in(table_words, table); }
std::string_view word_of(Measure measure) { return word_in(measure_words, measure); }
std::string_view word_of(Period::Kind kind) { return word_in(period_words, kind); }

std::optional<Table> table_from(std::string_view word) {
  return value_in<Table>(table_words, word);
}
std::optional<Measure> measure_from(std::string_view word) {
  return value_in<Measure>(measure_words, word);
}
std::optional<Period::Kind> period_kind_from(std::string_view word) {
  return value_in<Period::Kind>(period_words, word);
}

}  // namespace kaiku::domain
