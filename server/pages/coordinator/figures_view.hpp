// The figures page: a report as four numbers, bars and a table, each number with its definition.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/reports/annual.hpp"

namespace kaiku::pages {

struct FiguresPage {
  std::vector<Option> years;
  std::string year;
  std::vector<Option> areas;  // empty: the caller has one area only
  std::string area;
  std::vector<Option> groups;  // "none" first
  std::string group;
  std::vector<Option> runs;  // "" (now) and the newest first; empty: no run of the year
  std::string run;
  std::optional<reports::AnnualReport> annual;   // the numbers; none: no run tells of the year
  std::optional<reports::AnnualReport> settled;  // of the newest settled year, beside running ones
  std::optional<reports::UsageReport> usage;     // the table, when a grouping is chosen
  std::optional<std::int64_t> silent_venues;     // active venues without a use for eight weeks
  // When what was asked for is published; none where nothing is waited for.
  std::optional<Day> published_on;
  // The lists beside the figures, by their addresses.
  std::vector<Option> others;
  // Where its files are: the page's address with `as=` to be added.
  std::string file_address;
  // The newest settled year's workbook, beside a running year; empty: none is settled.
  std::string settled_address;
};
Page figures_page(Frame const& frame, FiguresPage const& model);

}  // namespace kaiku::pages
