// Instants (microseconds UTC) and days (in Europe/Helsinki). Wall time enters through Clock alone.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kaiku {

// Microseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t us = 0;
  auto operator<=>(Instant const&) const = default;
};
inline constexpr std::int64_t second_us = 1'000'000;
inline constexpr std::int64_t minute_us = 60 * second_us;
inline constexpr std::int64_t hour_us = 60 * minute_us;
inline constexpr std::int64_t day_us = 24 * hour_us;
inline Instant operator+(Instant at, std::int64_t us) { return {at.us + us}; }
inline std::int64_t operator-(Instant a, Instant b) { return a.us - b.us; }

// Days since 1970-01-01 on the calendar of Europe/Helsinki.
struct Day {
  std::int32_t value = 0;
  auto operator<=>(Day const&) const = default;
};
inline Day operator+(Day day, std::int32_t days) { return {day.value + days}; }
inline std::int32_t operator-(Day a, Day b) { return a.value - b.value; }

struct CivilDate {
  int year = 1970;
  unsigned month = 1;
  unsigned day = 1;
};

CivilDate civil_of(Day day);
// nullopt when there is no such date.
std::optional<Day> day_from(int year, unsigned month, unsigned day);
// The calendar day in Helsinki at an instant, and the instant at which a day begins there. The
// system's zone file lists clock changes up to 2037; later summers read as winter time.
Day helsinki_day(Instant at);
Instant start_of(Day day);
// The same day of the month n months later; the last day of that month when it has no such day.
Day add_months(Day day, int months);
// First day of validity + N months - 1 day, inclusive: 22.11.2026 and 12 months give 21.11.2027.
Day last_valid_day(Day first, int months);

// RFC 3339, UTC, "2026-11-22T06:23:01.123456Z"; fraction left out when zero.
std::string to_rfc3339(Instant at);
// Any RFC 3339 offset; nullopt for anything else, leap seconds and years outside 1970–2200.
std::optional<Instant> instant_from_rfc3339(std::string_view text);
// "2026-11-22", "22.11.2026", and "17.41" in Helsinki's time.
std::string to_iso(Day day);
std::string to_finnish(Day day);
std::string clock_time(Instant at);
// Strict YYYY-MM-DD.
std::optional<Day> day_from_iso(std::string_view text);
// What a person types: 22.11.2026, 22.11. (the year of `today`), 2026-11-22.
std::optional<Day> day_from_typed(std::string_view text, Day today);
// The same of a time of day, in minutes after midnight: 17.42, 17:42, 1742, 9.05, 17 (the hour).
std::optional<int> clock_minutes_from_typed(std::string_view text);
// When clocks in Helsinki show that time on that day: the first time where they show it twice, an
// hour later where they never do.
Instant instant_at(Day day, int clock_minutes);

// The only door through which wall time enters.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
  virtual std::int64_t monotonic_us() const = 0;
};
class SystemClock final : public Clock {
 public:
  Instant now() const override;
  std::int64_t monotonic_us() const override;
};

}  // namespace kaiku
