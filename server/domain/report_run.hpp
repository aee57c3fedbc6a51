// When figures are published, and what a run is called.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/values/time.hpp"

namespace kaiku::domain {

// One act of publishing. A quarter's run ("2026-Q1", 1–3) closes it; the settlement ("2026") tells
// the last quarter, what came late and all tables of the year; an edition ("2026.2", …) moves what
// a settled year told.
struct RunName {
  int year = 0;
  int quarter = 0;  // 0: the settlement or an edition
  int edition = 1;  // 1: the settlement
  auto operator<=>(RunName const&) const = default;
  bool is_quarter() const { return quarter != 0; }
  bool is_settlement() const { return quarter == 0 && edition == 1; }
  bool is_edition() const { return edition > 1; }
};
std::string text_of(RunName const& name);
// nullopt for anything that `text_of` does not write.
std::optional<RunName> run_name_from(std::string_view text);

// First and last day of the year or quarter that the run is about.
struct DaySpan {
  Day first;
  Day last;
  auto operator<=>(DaySpan const&) const = default;
};
DaySpan days_of(RunName const& name);

// The first day on which it may be drawn: 11 April, July, October; the settlement and each edition
// on 2 March, when the sixty days of back-dating have passed (an edition by hand at any time after
// the settlement).
Day first_day_of_drawing(RunName const& name);

// When the year that is over, or else this one, is settled: where none is yet, readers wait for
// that day.
Day next_settlement(Day today);

// What is due on `today` and not among `published`, oldest first, from the first year in which
// anything was recorded; editions not among them. A year that is over and of which nothing was ever
// published is settled in one run, and quarters that were missed come before their settlement.
std::vector<RunName> due_runs(std::vector<RunName> const& published, int first_year, Day today);

}  // namespace kaiku::domain
