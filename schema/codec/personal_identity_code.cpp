#include "schema/codec/personal_identity_code.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <string>

#include "schema/values/ascii.hpp"
#include "schema/values/lookalikes.hpp"

namespace kaiku::codec {
namespace {

constexpr std::string_view check_characters = "0123456789ABCDEFHJKLMNPRSTUVWXY";

using ascii::is_digit;

// Upper case, every dash a hyphen, every space a space, nothing unseen; all else that is not ASCII
// is one character that no code has.
std::string normalised(std::string_view text) {
  auto out = with_plain_characters(without_what_has_no_width(text));
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

bool is_date(int day, int month, int year) {
  namespace calendar = std::chrono;
  return calendar::year_month_day(calendar::year(year),
                                  calendar::month(static_cast<unsigned>(month)),
                                  calendar::day(static_cast<unsigned>(day)))
      .ok();
}

// Ten characters that could be a code's, and what stands between them.
struct Spelling {
  static constexpr std::size_t date_digits = 6;
  static constexpr std::size_t length = 10;

  std::string characters;               // of the date, of the number, the check character
  std::array<bool, length> gap_before;  // spaces or dots, or about the sign
  bool dotted = false;
  char sign = '\0';  // none
  std::size_t end = 0;

  bool has_gap(std::size_t from, std::size_t to) const {
    return std::any_of(gap_before.begin() + static_cast<std::ptrdiff_t>(from),
                       gap_before.begin() + static_cast<std::ptrdiff_t>(to),
                       [](bool gap) { return gap; });
  }
};

class SpellingReader {
 public:
  SpellingReader(std::string_view text, std::size_t at) : text_(text) { read_.end = at; }

  // nullopt when what begins there cannot be a code.
  std::optional<Spelling> read() {
    for (std::size_t n = 0; n < Spelling::length; ++n) {
      bool gap = n > 0 && skip_gap();
      if (n == Spelling::date_digits && !at_end() && century_of(text_[read_.end])) {
        read_.sign = text_[read_.end++];
        gap = skip_gap() || gap;
      }
      if (at_end()) return std::nullopt;
      char const c = text_[read_.end++];
      bool const is_check = n + 1 == Spelling::length;
      if (!is_digit(c) && !(is_check && ascii::is_upper(c))) return std::nullopt;
      read_.characters.push_back(c);
      read_.gap_before[n] = gap;
    }
    return read_;
  }

 private:
  bool at_end() const { return read_.end == text_.size(); }
  bool skip_gap() {
    auto const from = read_.end;
    while (!at_end() && (text_[read_.end] == ' ' || text_[read_.end] == '.')) {
      read_.dotted = read_.dotted || text_[read_.end] == '.';
      ++read_.end;
    }
    return read_.end > from;
  }

  std::string_view text_;
  Spelling read_{};
};

bool is_valid(Spelling const& code) {
  std::string_view const all = code.characters;
  int const individual = number_at(all.substr(6, 3));
  if (individual < 2) return false;
  // Without a sign of the centuries the one that has most days: 2000 was a leap year.
  int const year =
      (code.sign == '\0' ? 2000 : *century_of(code.sign)) + number_at(all.substr(4, 2));
  if (!is_date(number_at(all.substr(0, 2)), number_at(all.substr(2, 2)), year)) return false;
  int const number = number_at(all.substr(0, 6)) * 1000 + individual;
  return all[9] == check_characters[static_cast<std::size_t>(number % 31)];
}

// With a sign, and gaps nowhere but about it.
bool is_plain(Spelling const& code) {
  return code.sign != '\0' && !code.dotted && !code.has_gap(1, 6) && !code.has_gap(7, 10);
}

// A card code in groups of four always goes on without a gap on one side of ten of its characters.
bool stands_alone(std::string_view text, std::size_t at, Spelling const& code) {
  auto const is_of_word = [&](std::size_t i) {
    return i < text.size() && (is_digit(text[i]) || ascii::is_upper(text[i]));
  };
  return (at == 0 || !is_of_word(at - 1)) && !is_of_word(code.end);
}

// One number in 31 has the check character that a code would have: too many of what people write
// every day in gaps of their own, "040 123 4567" and "22.11.2026 18.00".
bool reads_as_another_number(Spelling const& code) {
  bool const date_gaps = code.has_gap(1, 6);
  bool const number_gaps = code.has_gap(7, 9);
  bool const gap_between = code.gap_before[6];
  bool const has_sign = code.sign != '\0';
  // The year goes on: it has four digits, and a number follows.
  if (!has_sign && date_gaps && !gap_between && number_gaps) return true;
  bool const is_all_digits = is_digit(code.characters.back());
  if (!is_all_digits || (has_sign && code.sign != '-')) return false;
  if (number_gaps) return true;
  bool const as_date = code.gap_before[2] == code.gap_before[4] && !code.gap_before[1] &&
                       !code.gap_before[3] && !code.gap_before[5];
  bool const begins_as_telephone = code.characters.front() == '0';
  if (begins_as_telephone && !as_date) return true;
  return !has_sign && !gap_between && (date_gaps || begins_as_telephone);
}

bool has_code_at(std::string_view text, std::size_t at) {
  auto const code = SpellingReader(text, at).read();
  if (!code || !is_valid(*code)) return false;
  return is_plain(*code) || (stands_alone(text, at, *code) && !reads_as_another_number(*code));
}

}  // namespace

bool contains_personal_identity_code(std::string_view text) {
  std::string const plain = normalised(text);
  std::string_view const all = plain;
  for (std::size_t at = 0; at + Spelling::length <= all.size(); ++at) {
    if (has_code_at(all, at)) return true;
  }
  return false;
}

}  // namespace kaiku::codec
