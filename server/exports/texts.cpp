#include "server/exports/texts.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace kaiku::exports {
namespace {

using Row = std::array<std::string_view, 3>;

constexpr std::array table{
#define KAIKU_TEXT(key, fi, sv, en) Row{fi, sv, en},
#include "server/exports/texts.def"
#undef KAIKU_TEXT
};
static_assert(table.size() == static_cast<std::size_t>(Text::count_));

constexpr bool every_text_is_told_in_every_language() {
  return std::all_of(table.begin(), table.end(), [](Row const& row) {
    return std::none_of(row.begin(), row.end(), [](std::string_view text) { return text.empty(); });
  });
}
static_assert(every_text_is_told_in_every_language(), "a text lacks a language");

}  // namespace

std::string_view in(contract::Language language, Text text) {
  return table[static_cast<std::size_t>(text)][static_cast<std::size_t>(language)];
}

}  // namespace kaiku::exports
