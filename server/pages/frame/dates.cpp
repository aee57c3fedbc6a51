#include "server/pages/frame/dates.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace kaiku::pages {
namespace {

using contract::Language;

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

}  // namespace

std::string day_text(Language language, Day day) {
  if (language != Language::en) return to_finnish(day);
  auto const civil = civil_of(day);
  return std::to_string(civil.day) + " " + std::string(months.at(civil.month - 1)) + " " +
         std::to_string(civil.year);
}

std::string clock_text(Language language, Instant at) {
  auto text = clock_time(at);
  if (language == Language::en) std::ranges::replace(text, '.', ':');
  return text;
}

std::string month_text(Language language, Day day) {
  auto const civil = civil_of(day);
  auto const month = language == Language::en ? std::string(months.at(civil.month - 1)) + " "
                                              : std::to_string(civil.month) + "/";
  return month + std::to_string(civil.year);
}

std::string moment_text(Language language, Instant at) {
  static constexpr std::array<std::string_view, 3> before_clock{" klo\u00A0", " kl.\u00A0", ", "};
  return day_text(language, helsinki_day(at)) +
         std::string(before_clock.at(static_cast<std::size_t>(language))) +
         clock_text(language, at);
}

std::string end_text(contract::Language language, Instant at, Day today) {
  if (helsinki_day(at) != today) return moment_text(language, at);
  return fill(language, Text::session_clock, {{"t", clock_text(language, at)}});
}

std::optional<Day> day_back_from_typed(std::string_view text, Day today, int most_back) {
  auto const day = day_from_typed(text, today);
  if (!day || *day <= today) return day;
  auto const last_year = std::to_string(civil_of(today).year - 1);
  auto const before = day_from_typed(std::string(text) + last_year, today);
  bool const is_near = before && today - *before <= most_back;
  return is_near ? before : day;
}

}  // namespace kaiku::pages
