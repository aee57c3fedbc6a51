#include "server/reports/document_texts.hpp"

#include <algorithm>
#include <array>

namespace kaiku::reports {
namespace {

using Row = std::array<std::string_view, 3>;

constexpr std::array table{
#define KAIKU_TEXT(key, fi, sv, en) Row{fi, sv, en},
#include "server/reports/document_texts.def"
#undef KAIKU_TEXT
};
static_assert(table.size() == static_cast<std::size_t>(Text::count_));
static_assert(std::all_of(table.begin(), table.end(),
                          [](Row const& row) {
                            return std::none_of(row.begin(), row.end(),
                                                [](std::string_view text) { return text.empty(); });
                          }),
              "a text lacks a language");

}  // namespace

std::string_view in(contract::Language language, Text text) {
  return table[static_cast<std::size_t>(text)][static_cast<std::size_t>(language)];
}

std::string fill(contract::Language language, Text text,
                 std::initializer_list<std::pair<std::string_view, std::string>> values) {
  std::string filled(in(language, text));
  for (auto const& [name, value] : values) {
    auto const mark = "{" + std::string(name) + "}";
    auto const at = filled.find(mark);
    if (at != std::string::npos) filled.replace(at, mark.size(), value);
  }
  return filled;
}

std::string number_text(contract::Language language, std::int64_t number) {
  auto digits = std::to_string(number);
  bool const is_english = language == contract::Language::en;
  std::size_t const first = number < 0 ? 1 : 0;
  // Finnish and Swedish write four digits together.
  if (digits.size() - first < (is_english ? 4U : 5U)) return digits;
  std::string_view const mark = is_english ? "," : "\u00A0";
  for (auto at = digits.size(); at > first + 3;) {
    at -= 3;
    digits.insert(at, mark);
  }
  return digits;
}

}  // namespace kaiku::reports
