#include "schema/codec/personal_identity_code.hpp"

#include <chrono>
#include <optional>
#include <string>

#include "schema/values/ascii.hpp"
#include "schema/values/lookalikes.hpp"

namespace kaiku::codec {
namespace {

constexpr std::string_view check_characters = "0123456789ABCDEFHJKLMNPRSTUVWXY";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Upper case, every dash a hyphen, every space a space; all else that is not ASCII is one character
// that no code has.
std::string normalised(std::string_view text) {
  auto out = with_plain_characters(text);
  for (char& c : out) {
    bool const blank = c == '\t' || c == '\r' || c == '\n';
    c = blank ? ' ' : ascii::upper(c);
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
