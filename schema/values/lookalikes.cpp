#include "schema/values/lookalikes.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "schema/values/utf8.hpp"

namespace kaiku {
namespace {

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

constexpr std::array<Range, 23> dashes{{
    {0xad, 0xad},     {0x58a, 0x58a},   {0x5be, 0x5be},     {0x1400, 0x1400}, {0x1806, 0x1806},
    {0x2010, 0x2015}, {0x2043, 0x2043}, {0x207b, 0x207b},   {0x208b, 0x208b}, {0x2212, 0x2212},
    {0x2e17, 0x2e17}, {0x2e1a, 0x2e1a}, {0x2e3a, 0x2e3b},   {0x2e40, 0x2e40}, {0x2e5d, 0x2e5d},
    {0x301c, 0x301c}, {0x3030, 0x3030}, {0x30a0, 0x30a0},   {0xfe31, 0xfe32}, {0xfe58, 0xfe58},
    {0xfe63, 0xfe63}, {0xff0d, 0xff0d}, {0x10ead, 0x10ead},
}};

struct Blank : Range {
  bool has_width;
};

// Spaces and C1 controls; joiners, marks of direction, byte order marks and tags, which nobody
// sees. The soft hyphen is none: it is written for a hyphen.
constexpr std::array<Blank, 16> blanks{{
    {{0x80, 0xa0}, true},
    {{0x34f, 0x34f}, false},
    {{0x61c, 0x61c}, false},
    {{0x1680, 0x1680}, true},
    {{0x180e, 0x180e}, false},
    {{0x2000, 0x200a}, true},
    {{0x200b, 0x200f}, false},
    {{0x2028, 0x2029}, true},
    {{0x202a, 0x202e}, false},
    {{0x202f, 0x202f}, true},
    {{0x205f, 0x205f}, true},
    {{0x2060, 0x206f}, false},
    {{0x3000, 0x3000}, true},
    {{0xfe00, 0xfe0f}, false},
    {{0xfeff, 0xfeff}, false},
    {{0xe0000, 0xe007f}, false},
}};

bool is_in(Range const& range, std::uint32_t point) {
  return point >= range.first && point <= range.last;
}

char plain_of(std::uint32_t point) {
  auto const holds = [&](Range const& range) { return is_in(range, point); };
  if (std::ranges::any_of(dashes, holds)) return '-';
  if (std::ranges::any_of(blanks, holds)) return ' ';
  if (point >= 0xff01 && point <= 0xff5e) return static_cast<char>(point - 0xfee0);
  return '?';
}

bool has_no_width(std::uint32_t point) {
  return std::ranges::any_of(
      blanks, [&](Blank const& blank) { return !blank.has_width && is_in(blank, point); });
}

// Of a well-formed sequence (RFC 3629 section 3).
std::uint32_t point_in(std::string_view sequence) {
  auto const lead = static_cast<std::uint8_t>(sequence.front());
  std::uint32_t point = lead & (0xffU >> (sequence.size() + 1));
  for (char const c : sequence.substr(1)) point = point << 6 | (static_cast<std::uint8_t>(c) & 63U);
  return point;
}

}  // namespace

std::string with_plain_characters(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    auto const length = std::max<std::size_t>(1, utf8_sequence(text));
    auto const is_ascii = static_cast<std::uint8_t>(text.front()) < 0x80;
    if (is_ascii)
      out.push_back(text.front());
    else
      out.push_back(length == 1 ? '?' : plain_of(point_in(text.substr(0, length))));
    text.remove_prefix(length);
  }
  return out;
}

std::string without_what_has_no_width(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    auto const length = std::max<std::size_t>(1, utf8_sequence(text));
    auto const sequence = text.substr(0, length);
    if (length == 1 || !has_no_width(point_in(sequence))) out.append(sequence);
    text.remove_prefix(length);
  }
  return out;
}

}  // namespace kaiku
