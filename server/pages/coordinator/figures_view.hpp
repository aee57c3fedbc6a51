// The figures page: a report as four numbers, bars and a table, each number with its definition.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/use_cases/draw_report.hpp"

namespace kaiku::pages {

struct FiguresPage {
  std::vector<Option> years;
  std::string year;
  std::vector<Option> areas;  // empty: the caller has one area only
  std::string area;
  std::vector<Option> groups;  // "none" first
  std::string group;
  std::string as_of;  // as typed
  PageFaults faults;
  std::optional<use_cases::UsageReport> whole;    // not grouped: the four numbers
  std::optional<use_cases::UsageReport> grouped;  // the table, when a grouping is chosen
};
Page figures_page(Frame const& frame, FiguresPage const& model);

}  // namespace kaiku::pages
