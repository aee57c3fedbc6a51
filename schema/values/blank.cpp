#include "schema/values/blank.hpp"

#include <algorithm>
#include <array>

namespace kaiku {
namespace {

// White_Space of Unicode 15 (PropList.txt), then U+200B–200D, U+2060 and U+FEFF.
constexpr std::array<std::string_view, 30> blanks{
    "\t",           "\n",           "\v",           "\f",           "\r",           " ",
    "\xc2\x85",     "\xc2\xa0",     "\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81", "\xe2\x80\x82",
    "\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86", "\xe2\x80\x87", "\xe2\x80\x88",
    "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f",
    "\xe3\x80\x80", "\xe2\x80\x8b", "\xe2\x80\x8c", "\xe2\x80\x8d", "\xe2\x81\xa0", "\xef\xbb\xbf"};

}  // namespace

std::string_view without_blanks_around(std::string_view text) {
  auto const begins = [&](std::string_view blank) { return text.starts_with(blank); };
  auto const ends = [&](std::string_view blank) { return text.ends_with(blank); };
  for (auto at = std::ranges::find_if(blanks, begins); at != blanks.end();
       at = std::ranges::find_if(blanks, begins)) {
    text.remove_prefix(at->size());
  }
  for (auto at = std::ranges::find_if(blanks, ends); at != blanks.end();
       at = std::ranges::find_if(blanks, ends)) {
    text.remove_suffix(at->size());
  }
  return text;
}

}  // namespace kaiku
