#include "server/reports/measures.hpp"

#include <algorithm>
#include <array>

namespace kaiku::reports {
namespace {

struct Row {
  std::string_view word;
  std::array<std::string_view, 3> name;  // by contract::Language
  std::array<std::string_view, 3> definition;
};

constexpr std::array table{
#define KAIKU_MEASURE(word, fi, sv, en, how_fi, how_sv, how_en) \
  Row{#word, {fi, sv, en}, {how_fi, how_sv, how_en}},
#define KAIKU_PART(word, fi, sv, en) Row{#word, {fi, sv, en}, {"", "", ""}},
#include "server/reports/measures.def"
#undef KAIKU_MEASURE
#undef KAIKU_PART
};

constexpr bool is_empty(std::string_view text) { return text.empty(); }
static_assert(std::ranges::all_of(table,
                                  [](Row const& row) {
                                    return std::ranges::none_of(row.name, is_empty) &&
                                           (std::ranges::none_of(row.definition, is_empty) ||
                                            std::ranges::all_of(row.definition, is_empty));
                                  }),
              "a text lacks a language");

Row const& row_of(Measure measure) { return table.at(static_cast<std::size_t>(measure)); }
std::size_t place_of(contract::Language language) { return static_cast<std::size_t>(language); }

}  // namespace

std::string_view word_of(Measure measure) { return row_of(measure).word; }

std::string_view name_in(contract::Language language, Measure measure) {
  return row_of(measure).name.at(place_of(language));
}

std::string_view definition_in(contract::Language language, Measure measure) {
  return row_of(measure).definition.at(place_of(language));
}

}  // namespace kaiku::reports
