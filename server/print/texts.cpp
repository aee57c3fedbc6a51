#include "server/print/texts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <iomanip>
#include <locale>
#include <sstream>

namespace kaiku::print {
namespace {

struct Row {
  std::string_view key;
  std::array<std::string_view, 3> in;
};

constexpr std::array table{
#define KAIKU_TEXT(key, fi, sv, en) Row{#key, {fi, sv, en}},
#include "server/print/texts.def"
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

// They are markup as they stand.
constexpr bool no_text_has_a_sign_of_markup() {
  return std::all_of(table.begin(), table.end(), [](Row const& row) {
    return std::all_of(row.in.begin(), row.in.end(), [](std::string_view text) {
      return text.find_first_of("<>&") == std::string_view::npos;
    });
  });
}
static_assert(no_text_has_a_sign_of_markup(), "a text would be read as markup");

constexpr std::array<std::string_view, 12> english_months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

}  // namespace

std::string_view in(contract::Language language, Text text) {
  return table[static_cast<std::size_t>(text)].in[static_cast<std::size_t>(language)];
}

Markup fill(contract::Language language, Text text, std::initializer_list<Filling> values) {
  std::string_view rest = in(language, text);
  Markup filled;
  while (true) {
    auto const open = rest.find('{');
    auto const close = rest.find('}', open);
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    filled.text.append(rest.substr(0, open));
    auto const name = rest.substr(open + 1, close - open - 1);
    for (auto const& [known, value] : values) {
      if (known == name) filled.text.append(value.text);
    }
    rest.remove_prefix(close + 1);
  }
  filled.text.append(rest);
  return filled;
}

std::string day_text(contract::Language language, Day day) {
  if (language != contract::Language::en) return to_finnish(day);
  auto const date = civil_of(day);
  return std::to_string(date.day) + "\u00A0" + std::string(english_months[date.month - 1]) +
         "\u00A0" + std::to_string(date.year);
}

std::string number_text(contract::Language language, double number, int decimals) {
  std::ostringstream out;
  out.imbue(std::locale::classic());
  out << std::fixed << std::setprecision(decimals) << number;
  std::string text = out.str();
  if (language != contract::Language::en) std::ranges::replace(text, '.', ',');
  return text;
}

std::string signed_text(contract::Language language, double number) {
  auto const tenths = std::lround(number * 10);
  std::string_view const sign = tenths < 0 ? "–" : tenths > 0 ? "+" : "";
  return std::string(sign) + number_text(language, static_cast<double>(std::labs(tenths)) / 10, 1);
}

}  // namespace kaiku::print
