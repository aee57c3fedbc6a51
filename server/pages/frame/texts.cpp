#include "server/pages/frame/texts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kaiku::pages {
namespace {

struct Row {
  std::string_view key;
  std::array<std::string_view, 3> in;
};

constexpr std::array table{
#define KAIKU_TEXT(key, fi, sv, en) Row{#key, {fi, sv, en}},
#include "server/pages/frame/texts.def"
#undef KAIKU_TEXT
};
static_assert(table.size() == static_cast<std::size_t>(Text::count_));

constexpr bool every_text_is_told_in_every_language() {
  return std::all_of(table.begin(), table.end(), [](Row const& row) {
    return std::none_of(row.in.begin(), row.in.end(),
                        [](std::string_view text) { return text.empty(); });
  });
}
static_assert(every_text_is_told_in_every_language(), "a text lacks a language");

// What stands in braces has to be the same in all languages, or a number would be lost in one.
constexpr std::size_t braces_in(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '{'));
}
constexpr bool every_language_has_the_same_fillings() {
  return std::all_of(table.begin(), table.end(), [](Row const& row) {
    return braces_in(row.in[0]) == braces_in(row.in[1]) &&
           braces_in(row.in[0]) == braces_in(row.in[2]);
  });
}
static_assert(every_language_has_the_same_fillings(), "a text lacks a filling in a language");

constexpr std::string_view no_break_space = "\u00A0";

}  // namespace

std::string_view in(contract::Language language, Text text) {
  return table[static_cast<std::size_t>(text)].in[static_cast<std::size_t>(language)];
}

std::string_view key_of(Text text) { return table[static_cast<std::size_t>(text)].key; }

std::string fill(contract::Language language, Text text, std::initializer_list<Filling> values) {
  std::string_view rest = in(language, text);
  std::string filled;
  while (true) {
    auto const open = rest.find('{');
    auto const close = rest.find('}', open);
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    filled.append(rest.substr(0, open));
    auto const name = rest.substr(open + 1, close - open - 1);
    for (auto const& [known, value] : values) {
      if (known == name) filled.append(value);
    }
    rest.remove_prefix(close + 1);
  }
  return filled.append(rest);
}

std::string number_text(contract::Language language, std::int64_t number) {
  std::string digits = std::to_string(number);
  bool const english = language == contract::Language::en;
  std::size_t const first = number < 0 ? 1 : 0;
  if (digits.size() - first < (english ? 4u : 5u)) return digits;
  std::string_view const mark = english ? "," : no_break_space;
  for (std::size_t at = digits.size() - 3; at > first; at -= 3) {
    digits.insert(at, mark);
    if (at < first + 4) break;
  }
  return digits;
}

std::string percent_text(contract::Language language, double ratio) {
  // Of the four decimals that a rate has, as in files: 0.5005 is 50.1 %, whatever the nearest
  // double is.
  auto const tenths = std::llround(static_cast<double>(std::llround(ratio * 10'000.0)) / 10.0);
  bool const english = language == contract::Language::en;
  std::string text = number_text(language, tenths / 10);
  text.append(english ? "." : ",").append(std::to_string(std::llabs(tenths % 10)));
  return english ? text + "%" : text.append(no_break_space).append("%");
}

}  // namespace kaiku::pages
