#include "schema/codec/personal_identity_code.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "schema/values/ascii.hpp"

namespace kaiku::codec {
namespace {

constexpr std::string_view check_characters = "0123456789ABCDEFHJKLMNPRSTUVWXY";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Three-byte UTF-8 characters that stand for a hyphen (U+2010–2015, U+2212, U+FE58, U+FE63, U+FF0D)
// or for a space, zero-width ones included (U+2000–200F, U+202F, U+205F, U+2060, U+3000, U+FEFF).
std::optional<char> ascii_of(std::uint32_t point) {
  if ((point >= 0x2010 && point <= 0x2015) || point == 0x2212 || point == 0xfe58 ||
      point == 0xfe63 || point == 0xff0d) {
    return '-';
  }
  if ((point >= 0x2000 && point <= 0x200f) || point == 0x202f || point == 0x205f ||
      point == 0x2060 || point == 0x3000 || point == 0xfeff) {
    return ' ';
  }
  return std::nullopt;
}

// Upper case, every dash a hyphen, every space a space; all else that is not ASCII becomes one byte
// that no code has. Works on any bytes: what is not UTF-8 is such a byte.
std::string normalised(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  auto const byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    if (byte(i) == 0xc2 && i + 1 < text.size() && (byte(i + 1) == 0xa0 || byte(i + 1) == 0xad)) {
      out.push_back(byte(i + 1) == 0xa0 ? ' ' : '-');  // no-break space, soft hyphen
      i += 1;
    } else if ((byte(i) & 0xf0U) == 0xe0 && i + 2 < text.size()) {
      std::uint32_t const point =
          ((byte(i) & 0x0fU) << 12) | ((byte(i + 1) & 0x3fU) << 6) | (byte(i + 2) & 0x3fU);
      out.push_back(ascii_of(point).value_or('\x01'));
      i += 2;
    } else if (c == '\t' || c == '\r' || c == '\n') {
      out.push_back(' ');
    } else {
      out.push_back(ascii::upper(c));
    }
  }
  return out;
}

// Act 661/2009 and decree 128/2010, with the signs added in 2023: + is 1800, - and U–Y 1900, A–F
// 2000.
std::optional<int> century_of(char sign) {
  if (sign == '+') return 1800;
  if (sign == '-' || (sign >= 'U' && sign <= 'Y')) return 1900;
  if (sign >= 'A' && sign <= 'F') return 2000;
  return std::nullopt;
}

int number_at(std::string_view digits) {
  int value = 0;
  for (char const c : digits) value = value * 10 + (c - '0');
  return value;
}

bool all_digits(std::string_view text, std::size_t count) {
  if (text.size() < count) return false;
  for (std::size_t i = 0; i < count; ++i) {
    if (!is_digit(text[i])) return false;
  }
  return true;
}

std::string_view after_spaces(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  return text;
}

bool is_date(int day, int month, int year) {
  namespace calendar = std::chrono;
  return calendar::year_month_day(calendar::year(year),
                                  calendar::month(static_cast<unsigned>(month)),
                                  calendar::day(static_cast<unsigned>(day)))
      .ok();
}

// A whole code at the very start of `text`.
bool starts_with_code(std::string_view text) {
  if (!all_digits(text, 6)) return false;
  std::string_view const date = text.substr(0, 6);
  std::string_view rest = after_spaces(text.substr(6));
  if (rest.empty()) return false;
  auto const century = century_of(rest.front());
  if (!century) return false;
  rest = after_spaces(rest.substr(1));
  if (rest.size() < 4 || !all_digits(rest, 3)) return false;
  int const individual = number_at(rest.substr(0, 3));
  if (individual < 2) return false;
  int const year = *century + number_at(date.substr(4, 2));
  if (!is_date(number_at(date.substr(0, 2)), number_at(date.substr(2, 2)), year)) return false;
  auto const remainder = static_cast<std::size_t>((number_at(date) * 1000 + individual) % 31);
  return rest[3] == check_characters[remainder];
}

}  // namespace

bool contains_personal_identity_code(std::string_view text) {
  std::string const plain = normalised(text);
  std::string_view const all = plain;
  for (std::size_t at = 0; at + 11 <= all.size(); ++at) {
    if (starts_with_code(all.substr(at))) return true;
  }
  return false;
}

}  // namespace kaiku::codec
