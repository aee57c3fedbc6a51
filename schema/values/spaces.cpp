#include "schema/values/spaces.hpp"

#include <algorithm>
#include <array>

#include "schema/values/utf8.hpp"

namespace kaiku {
namespace {

constexpr std::array<std::string_view, 22> long_spaces{
    "\xC2\x85", "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004",
    "\u2005",   "\u2006", "\u2007", "\u2008", "\u2009", "\u200A", "\u200B", "\u2028",
    "\u2029",   "\u202F", "\u205F", "\u2060", "\u3000", "\uFEFF"};

bool is_space(std::string_view character) {
  if (character.size() == 1)
    return character[0] == ' ' || ('\t' <= character[0] && character[0] <= '\r');
  return std::ranges::find(long_spaces, character) != long_spaces.end();
}

}  // namespace

std::string without_spaces(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    auto const length = std::max<std::size_t>(1, utf8_sequence(text));
    if (!is_space(text.substr(0, length))) kept += text.substr(0, length);
    text.remove_prefix(length);
  }
  return kept;
}

std::string_view without_spaces_around(std::string_view text) {
  std::size_t first = text.size();
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    auto const length = std::max<std::size_t>(1, utf8_sequence(text.substr(at)));
    if (!is_space(text.substr(at, length))) {
      first = std::min(first, at);
      end = at + length;
    }
    at += length;
  }
  return end == 0 ? std::string_view() : text.substr(first, end - first);
}

}  // namespace kaiku
