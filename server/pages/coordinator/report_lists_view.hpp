// A list beside the figures, from plain values.
#pragma once

#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct ReportListRow {
  std::string href;  // empty: the name alone
  std::string name;
  std::vector<std::string> cells;  // one for each further column
};
// A list of the same kind, chosen by a link.
struct ReportListStep {
  std::string href;  // empty: the one that is shown
  std::string label;
};
struct ReportList {
  std::string title;
  std::string intro;               // what is in it, and as of when
  std::string path;                // of the list itself: the filter's form
  std::vector<Option> areas = {};  // to choose from; none: no filter
  std::string area = {};
  std::vector<ReportListStep> steps = {};
  std::string steps_label = {};
  std::string step = {};                  // goes along with the filter
  std::string count = {};                 // empty: not told
  std::vector<std::string> columns = {};  // the name's first
  std::vector<ReportListRow> rows = {};
  std::string empty = {};  // said instead of the rows where there are none
  std::string more = {};   // the address of the next rows, empty when these are the last
};
Page report_list_page(Frame const& frame, ReportList const& model);

}  // namespace kaiku::pages
