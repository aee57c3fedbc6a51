#include "server/exports/sheet_names.hpp"

#include <algorithm>
#include <cstddef>

#include "schema/values/ascii.hpp"
#include "schema/values/utf8.hpp"

namespace kaiku::exports {
namespace {

constexpr std::size_t most_units = 31;  // of UTF-16, as Excel counts

std::string cut(std::string_view text, std::size_t most) {
  std::string out;
  std::size_t units = 0;
  while (!text.empty()) {
    auto const size = std::max<std::size_t>(utf8_sequence(text), 1);
    units += size == 4 ? 2 : 1;
    if (units > most) break;
    out += text.substr(0, size);
    text.remove_prefix(size);
  }
  while (out.ends_with(' ') || out.ends_with('\'')) out.pop_back();
  return out;
}

std::string legal(std::string_view title) {
  std::string out;
  for (char c : title) {
    if (ascii::is_control(c) || std::string_view("[]:*?/\\").find(c) != std::string_view::npos) {
      c = ' ';
    }
    bool const is_first = out.empty();
    if (is_first && (c == ' ' || c == '\'')) continue;
    if (c == ' ' && out.back() == ' ') continue;
    out += c;
  }
  return cut(out, most_units);
}

bool is_among(std::vector<std::string> const& names, std::string_view name) {
  return std::ranges::any_of(
      names, [&](std::string const& one) { return ascii::same_letters(one, name); });
}

}  // namespace

std::vector<std::string> sheet_names(std::vector<std::string> const& titles,
                                     std::string_view other) {
  std::vector<std::string> names;
  for (auto const& title : titles) {
    auto name = legal(title);
    // Excel keeps the name "History" for itself.
    if (name.empty() || ascii::same_letters(name, "history")) name = legal(other);
    auto const stem = name;
    for (int number = 2; is_among(names, name); ++number) {
      auto const mark = " " + std::to_string(number);
      name = cut(stem, most_units - mark.size()) + mark;
    }
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace kaiku::exports
