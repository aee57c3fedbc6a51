// The page of a value sheet, from plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/pages/coordinator/place_form_view.hpp"
#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"
#include "server/reports/report_document.hpp"

namespace kaiku::pages {

struct ValueSheetPage {
  std::vector<Option> years;  // settled ones, the newest first; none: nothing can be valued yet
  std::optional<Day> published_on;  // without a year: when there will be one
  std::string year;
  std::vector<Option> areas;  // empty: the caller has one area only
  std::string area;
  std::optional<reports::ReportDocument> document;  // of the version that is shown
  std::string file_address;                         // of its files; the kind is to be added
  std::vector<Link> versions;                       // no address: the one that is shown
  bool was_saved = false;
  std::string start;  // where the form's numbers come from
  std::string form_id;
  FormValues typed{http::FormPairs()};
  PageFaults faults;
};
Page value_sheet_page(Frame const& frame, ValueSheetPage const& model);

}  // namespace kaiku::pages
