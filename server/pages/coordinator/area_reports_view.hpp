// A report of a settled year by area, from plain values: a picture, tables and how it is counted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"
#include "server/reports/area_reports.hpp"
#include "server/reports/report_document.hpp"

namespace kaiku::pages {

struct AreaReportBar {
  std::string label;
  std::string value;       // empty: the figure
  reports::Figure figure;  // what is withheld has a stub
  double part = 0;         // of the longest bar, or of the whole that it is a share of
};
struct AreaReportPage {
  std::string title;
  std::string path;
  std::vector<Option> years;  // the newest first
  std::string year;
  std::vector<Option> areas;  // empty: the caller has one area only
  std::string area;
  // When it is published, where it is not yet; without either of both there is no such report.
  std::optional<Day> published_on;
  std::optional<reports::ReportDocument> document;
  std::vector<AreaReportBar> bars;
  std::string file_address;  // `as=` is to be added
};
Page area_report_page(Frame const& frame, AreaReportPage const& model);

// Three bars of the area that the report is of, or of the network: shares of those registered.
std::vector<AreaReportBar> bars_of(Language language, reports::CohortReport const& report);
// Of an area where its adults come from, of the network how many each area has.
std::vector<AreaReportBar> bars_of(Language language, reports::FlowReport const& report);

}  // namespace kaiku::pages
