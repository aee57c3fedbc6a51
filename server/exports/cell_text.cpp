#include "server/exports/cell_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <variant>

namespace kaiku::exports {
namespace {

using contract::Language;
using reports::Figure;
using reports::Share;

constexpr std::string_view no_break_space = "\u00A0";

std::string with_sign(Figure const& figure,
                      std::function<std::string(std::int64_t)> const& digits) {
  switch (figure.is) {
    case Figure::Is::shown: return digits(figure.count);
    case Figure::Is::small: return "<5";
    case Figure::Is::complementary: return "…";
    case Figure::Is::at_least: return "≥ " + digits(figure.count);
    case Figure::Is::not_published: break;
  }
  return "–";
}

// Of whole parts: "2,674" from 26740, "0,5" from 5000 of ten thousand.
std::string with_decimals(std::int64_t parts, int decimals, char mark) {
  std::string digits = std::to_string(std::llabs(parts));
  auto const places = static_cast<std::size_t>(decimals);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, 1, mark);
  return digits;
}

}  // namespace

std::string figure_text(Figure const& figure) {
  return with_sign(figure, [](std::int64_t count) { return std::to_string(count); });
}

std::string share_text(Share share, char decimal_mark) {
  auto const parts = std::llround(share.value * 10'000);
  auto text = with_decimals(parts, 4, decimal_mark);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with(decimal_mark)) text.pop_back();
  return parts < 0 ? "-" + text : text;
}

std::string per_thousand_text(reports::PerThousand value, char decimal_mark) {
  return with_decimals(std::llround(value.value * 10), 1, decimal_mark);
}

std::string euro_text(reports::Euros euros, char decimal_mark) {
  auto const text = with_decimals(euros.cents, 2, decimal_mark);
  return euros.cents < 0 ? "-" + text : text;
}

std::string grouped_text(Language language, std::int64_t number) {
  bool const is_english = language == Language::en;
  std::string digits = std::to_string(std::llabs(number));
  if (digits.size() > (is_english ? 3u : 4u)) {
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
      digits.insert(static_cast<std::size_t>(at), is_english ? "," : no_break_space);
    }
  }
  return number < 0 ? "–" + digits : digits;
}

std::string figure_text(Language language, Figure const& figure) {
  return with_sign(figure,
                   [language](std::int64_t count) { return grouped_text(language, count); });
}

std::string percent_text(Language language, Share share, int decimals) {
  bool const is_english = language == Language::en;
  // Of the four decimals that a share has: 0.5005 is 50.1 %, whatever the nearest double is.
  auto const ten_thousandths = static_cast<double>(std::llround(share.value * 10'000));
  auto const parts = std::llround(ten_thousandths / (decimals == 0 ? 100 : 10));
  auto text = with_decimals(parts, decimals, is_english ? '.' : ',');
  if (parts < 0) text.insert(0, "–");
  return text.append(is_english ? "" : no_break_space).append("%");
}

std::string euro_text(Language language, reports::Euros euros) {
  bool const is_english = language == Language::en;
  auto const digits = with_decimals(euros.cents, 2, is_english ? '.' : ',');
  auto text =
      grouped_text(language, std::llabs(euros.cents / 100)) + digits.substr(digits.size() - 3);
  text = is_english ? "€" + text : text.append(no_break_space).append("€");
  return euros.cents < 0 ? "–" + text : text;
}

int decimals_of_percents(reports::DocumentTable const& table, std::size_t column) {
  bool const is_whole = std::ranges::all_of(table.rows, [column](reports::DocumentRow const& row) {
    auto const* const share = std::get_if<Share>(&row.cells.at(column));
    return share == nullptr || std::llround(share->value * 10'000) % 100 == 0;
  });
  return is_whole ? 0 : 1;
}

std::string finnish_time(std::string_view rfc3339) {
  auto const at = instant_from_rfc3339(rfc3339);
  if (!at) return std::string(rfc3339);
  return to_finnish(helsinki_day(*at)) + " " + clock_time(*at);
}

}  // namespace kaiku::exports
