#include "schema/values/time.hpp"

#include <date/tz.h>

#include <cassert>
#include <chrono>

#include "schema/values/ascii.hpp"

namespace kaiku {

namespace {

constexpr std::int64_t seconds_a_day = 86'400;

constexpr std::int64_t floor_div(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

// Helsinki's offset from UTC, which holds from `begin_s` until before `end_s`.
struct OffsetRange {
  std::int64_t begin_s = 0;
  std::int64_t end_s = 0;
  std::int64_t offset_s = 0;
};

// Looking a zone up costs a lock and a search through its transitions, and a redemption asks for
// its day several times; nearly all questions of a thread fall into one half-year.
std::int64_t helsinki_offset_s(std::int64_t at_s) {
  thread_local OffsetRange cached;
  if (at_s < cached.begin_s || at_s >= cached.end_s) {
    static date::time_zone const* const zone = date::locate_zone("Europe/Helsinki");
    auto const info = zone->get_info(date::sys_seconds{std::chrono::seconds{at_s}});
    cached = {info.begin.time_since_epoch().count(), info.end.time_since_epoch().count(),
              info.offset.count()};
  }
  return cached.offset_s;
}

void append_digits(std::string& out, std::int64_t value, int width) {
  char digits[20];
  for (int at = width - 1; at >= 0; --at) {
    digits[at] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
  out.append(digits, static_cast<std::size_t>(width));
}

// Reads a text from the left; every step says whether it could.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}
  bool done() const { return text_.empty(); }
  bool skip(char wanted) {
    if (text_.empty() || text_.front() != wanted) return false;
    text_.remove_prefix(1);
    return true;
  }
  // Between `least` and `most` digits, as many as there are.
  std::optional<int> digits(std::size_t least, std::size_t most) {
    assert(most <= 9);
    std::size_t count = 0;
    int value = 0;
    while (count < most && count < text_.size() && ascii::is_digit(text_[count])) {
      value = value * 10 + (text_[count++] - '0');
    }
    if (count < least) return std::nullopt;
    text_.remove_prefix(count);
    return value;
  }
  // A number of exactly `width` digits within [low, high].
  std::optional<int> number(std::size_t width, int low, int high) {
    auto const value = digits(width, width);
    if (!value || *value < low || *value > high) return std::nullopt;
    return value;
  }
  // Digits of a fraction as microseconds; what is finer is cut off.
  std::optional<std::int64_t> fraction_us() {
    std::int64_t us = 0;
    std::int64_t weight = 100'000;
    std::size_t count = 0;
    for (; count < text_.size() && ascii::is_digit(text_[count]); ++count, weight /= 10) {
      us += (text_[count] - '0') * weight;
    }
    text_.remove_prefix(count);
    return count == 0 ? std::nullopt : std::optional{us};
  }

 private:
  std::string_view text_;
};

std::optional<Day> scan_iso_day(Scanner& scanner) {
  auto const year = scanner.digits(4, 4);
  if (!year || !scanner.skip('-')) return std::nullopt;
  auto const month = scanner.digits(2, 2);
  if (!month || !scanner.skip('-')) return std::nullopt;
  auto const day = scanner.digits(2, 2);
  if (!day) return std::nullopt;
  return day_from(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
}

// Seconds from a "Z" or "±hh:mm" (RFC 3339 section 5.6); its letters may be lower case.
std::optional<std::int64_t> scan_offset_s(Scanner& scanner) {
  if (scanner.skip('Z') || scanner.skip('z')) return 0;
  bool const minus = scanner.skip('-');
  if (!minus && !scanner.skip('+')) return std::nullopt;
  auto const hours = scanner.number(2, 0, 23);
  if (!hours || !scanner.skip(':')) return std::nullopt;
  auto const minutes = scanner.number(2, 0, 59);
  if (!minutes) return std::nullopt;
  std::int64_t const offset = *hours * 3600 + *minutes * 60;
  return minus ? -offset : offset;
}

}  // namespace

CivilDate civil_of(Day day) {
  date::year_month_day const ymd{date::sys_days{date::days{day.value}}};
  return {static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
          static_cast<unsigned>(ymd.day())};
}

std::optional<Day> day_from(int year, unsigned month, unsigned day) {
  // The date library keeps these in narrow integers; what would wrap is no date.
  if (year < 0 || year > 9999 || month > 12 || day > 31) return std::nullopt;
  auto const ymd = date::year{year} / date::month{month} / date::day{day};
  if (!ymd.ok()) return std::nullopt;
  return Day{static_cast<std::int32_t>(date::sys_days{ymd}.time_since_epoch().count())};
}

Day helsinki_day(Instant at) {
  auto const at_s = floor_div(at.us, second_us);
  return {static_cast<std::int32_t>(floor_div(at_s + helsinki_offset_s(at_s), seconds_a_day))};
}

Instant start_of(Day day) {
  // Clocks are changed hours after midnight, so that the offset just before a day begins nearly
  // always holds; asking again at the candidate covers any history of the zone.
  auto const midnight_s = day.value * seconds_a_day;
  auto const candidate_s = midnight_s - helsinki_offset_s(midnight_s - 4 * 3600);
  return {(midnight_s - helsinki_offset_s(candidate_s)) * second_us};
}

Day add_months(Day day, int months) {
  date::year_month_day const ymd{date::sys_days{date::days{day.value}}};
  auto const month = date::year_month{ymd.year(), ymd.month()} + date::months{months};
  auto const last = date::year_month_day_last{month.year(), date::month_day_last{month.month()}};
  auto const same = month / (ymd.day() < last.day() ? ymd.day() : last.day());
  return {static_cast<std::int32_t>(date::sys_days{same}.time_since_epoch().count())};
}

Day last_valid_day(Day first, int months) {
  auto const same = add_months(first, months);
  return civil_of(same).day == civil_of(first).day ? same + -1 : same;
}

std::string to_rfc3339(Instant at) {
  auto const second = floor_div(at.us, second_us);
  auto const fraction_us = at.us - second * second_us;
  auto const day = floor_div(second, seconds_a_day);
  auto const second_of_day = second - day * seconds_a_day;
  auto text = to_iso(Day{static_cast<std::int32_t>(day)});
  text.reserve(27);
  text += 'T';
  append_digits(text, second_of_day / 3600, 2);
  text += ':';
  append_digits(text, second_of_day / 60 % 60, 2);
  text += ':';
  append_digits(text, second_of_day % 60, 2);
  if (fraction_us != 0) {
    text += '.';
    append_digits(text, fraction_us, 6);
  }
  text += 'Z';
  return text;
}

std::optional<Instant> instant_from_rfc3339(std::string_view text) {
  Scanner scanner(text);
  auto const day = scan_iso_day(scanner);
  if (!day || !(scanner.skip('T') || scanner.skip('t'))) return std::nullopt;
  auto const hour = scanner.number(2, 0, 23);
  if (!hour || !scanner.skip(':')) return std::nullopt;
  auto const minute = scanner.number(2, 0, 59);
  if (!minute || !scanner.skip(':')) return std::nullopt;
  auto const second = scanner.number(2, 0, 59);
  if (!second) return std::nullopt;
  std::int64_t fraction_us = 0;
  if (scanner.skip('.')) {
    auto const read = scanner.fraction_us();
    if (!read) return std::nullopt;
    fraction_us = *read;
  }
  auto const offset_s = scan_offset_s(scanner);
  if (!offset_s || !scanner.done()) return std::nullopt;
  auto const at_s = day->value * seconds_a_day + *hour * 3600 + *minute * 60 + *second - *offset_s;
  static std::int64_t const end_s = day_from(2201, 1, 1)->value * seconds_a_day;
  if (at_s < 0 || at_s >= end_s) return std::nullopt;
  return Instant{at_s * second_us + fraction_us};
}

std::string to_iso(Day day) {
  auto const civil = civil_of(day);
  std::string text;
  append_digits(text, civil.year, 4);
  text += '-';
  append_digits(text, civil.month, 2);
  text += '-';
  append_digits(text, civil.day, 2);
  return text;
}

std::string to_finnish(Day day) {
  auto const civil = civil_of(day);
  return std::to_string(civil.day) + "." + std::to_string(civil.month) + "." +
         std::to_string(civil.year);
}

std::string clock_time(Instant at) {
  auto const at_s = floor_div(at.us, second_us);
  auto const local_s = at_s + helsinki_offset_s(at_s);
  auto const second_of_day = local_s - floor_div(local_s, seconds_a_day) * seconds_a_day;
  std::string text;
  append_digits(text, second_of_day / 3600, 2);
  text += '.';
  append_digits(text, second_of_day / 60 % 60, 2);
  return text;
}

std::optional<Day> day_from_iso(std::string_view text) {
  Scanner scanner(text);
  auto const day = scan_iso_day(scanner);
  return scanner.done() ? day : std::nullopt;
}

std::optional<Day> day_from_typed(std::string_view text, Day today) {
  text = ascii::without_blanks(text);
  if (auto const iso = day_from_iso(text)) return iso;
  Scanner scanner(text);
  auto const day = scanner.digits(1, 2);
  if (!day || !scanner.skip('.')) return std::nullopt;
  auto const month = scanner.digits(1, 2);
  if (!month || !scanner.skip('.')) return std::nullopt;
  auto const year = scanner.done() ? civil_of(today).year : scanner.digits(4, 4);
  if (!year || !scanner.done()) return std::nullopt;
  return day_from(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
}

std::optional<int> clock_minutes_from_typed(std::string_view text) {
  text = ascii::without_blanks(text);
  bool const has_mark = text.find_first_of(".:") != std::string_view::npos;
  Scanner scanner(text);
  // "1742" has four digits and no mark; "905" could be two things and is none.
  auto const hour = scanner.digits(text.size() == 4 && !has_mark ? 2 : 1, 2);
  if (!hour || *hour > 23) return std::nullopt;
  if (scanner.done()) return *hour * 60;
  if (has_mark ? !scanner.skip('.') && !scanner.skip(':') : text.size() != 4) return std::nullopt;
  auto const minute = scanner.number(2, 0, 59);
  if (!minute || !scanner.done()) return std::nullopt;
  return *hour * 60 + *minute;
}

Instant instant_at(Day day, int clock_minutes) {
  auto const midnight_s = start_of(day).us / second_us;
  auto const after_s = midnight_s + clock_minutes * std::int64_t{60};
  // The clock was changed in between by so much.
  auto const changed_s = helsinki_offset_s(after_s) - helsinki_offset_s(midnight_s);
  auto const at_s = after_s - changed_s;
  bool const is_shown =
      at_s + helsinki_offset_s(at_s) == day.value * seconds_a_day + clock_minutes * 60;
  return {(is_shown ? at_s : after_s) * second_us};
}

Instant SystemClock::now() const {
  auto const since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

std::int64_t SystemClock::monotonic_us() const {
  auto const since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(since).count();
}

}  // namespace kaiku
