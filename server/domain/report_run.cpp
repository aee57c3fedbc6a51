#include "server/domain/report_run.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace kaiku::domain {
namespace {

constexpr int last_quarter_of_its_own = 3;  // the settlement tells the fourth

Day day_of(int year, unsigned month, unsigned day) { return day_from(year, month, day).value(); }

// Takes a number from the front; nullopt where there is none, or one that an int does not hold.
std::optional<int> taken_number(std::string_view& text) {
  int number = 0;
  auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

std::optional<RunName> parsed(std::string_view text) {
  auto const year = taken_number(text);
  if (!year) return std::nullopt;
  RunName name{.year = *year};
  if (text.empty()) return name;
  bool const is_edition = text.starts_with('.');
  auto const mark = std::string_view(is_edition ? "." : "-Q");
  if (!text.starts_with(mark)) return std::nullopt;
  text.remove_prefix(mark.size());
  auto const number = taken_number(text);
  if (!number) return std::nullopt;
  (is_edition ? name.edition : name.quarter) = *number;
  bool const is_known =
      is_edition ? *number > 1 : *number >= 1 && *number <= last_quarter_of_its_own;
  if (!is_known) return std::nullopt;
  return name;
}

void add_due_of_year(std::vector<RunName> const& published, int year, Day today,
                     std::vector<RunName>& due) {
  auto const is_published = [&](RunName const& name) {
    return std::ranges::find(published, name) != published.end();
  };
  RunName const settlement{.year = year};
  if (is_published(settlement)) return;
  bool const is_over = today > days_of(settlement).last;
  bool const has_begun = std::ranges::find(published, year, &RunName::year) != published.end();
  auto const add = [&](RunName const& name) {
    if (today >= first_day_of_drawing(name) && !is_published(name)) due.push_back(name);
  };
  for (int quarter = 1; quarter <= last_quarter_of_its_own && (!is_over || has_begun); ++quarter) {
    add({.year = year, .quarter = quarter});
  }
  add(settlement);
}

}  // namespace

std::string text_of(RunName const& name) {
  auto year = std::to_string(name.year);
  if (name.is_quarter()) return year + "-Q" + std::to_string(name.quarter);
  if (name.is_edition()) return year + "." + std::to_string(name.edition);
  return year;
}

std::optional<RunName> run_name_from(std::string_view text) {
  auto const name = parsed(text);
  // Years have four digits, so that names of runs sort as their years do.
  bool const has_a_year = name && name->year >= 1000 && name->year <= 9999;
  // Zeros before a number, and whatever stands behind it.
  if (!has_a_year || text_of(*name) != text) return std::nullopt;
  return name;
}

DaySpan days_of(RunName const& name) {
  constexpr int months_of_a_quarter = 3;
  if (!name.is_quarter()) return {day_of(name.year, 1, 1), day_of(name.year, 12, 31)};
  auto const month = static_cast<unsigned>(months_of_a_quarter * (name.quarter - 1) + 1);
  Day const first = day_of(name.year, month, 1);
  return {first, add_months(first, months_of_a_quarter) + -1};
}

Day first_day_of_drawing(RunName const& name) {
  if (!name.is_quarter()) return add_months(day_of(name.year, 1, 2), 14);  // 2 March
  constexpr int days_for_late_records = 10;
  return days_of(name).last + (1 + days_for_late_records);
}

Day next_settlement(Day today) {
  auto const this_year = civil_of(today).year;
  auto const of_last_year = first_day_of_drawing({.year = this_year - 1});
  return of_last_year > today ? of_last_year : first_day_of_drawing({.year = this_year});
}

std::vector<RunName> due_runs(std::vector<RunName> const& published, int first_year, Day today) {
  std::vector<RunName> due;
  for (int year = first_year; year <= civil_of(today).year; ++year) {
    add_due_of_year(published, year, today, due);
  }
  return due;
}

}  // namespace kaiku::domain
