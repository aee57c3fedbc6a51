// The wellbeing annex as a page: its tables one below the other, as they are printed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/reports/report_document.hpp"

namespace kaiku::pages {

struct AnnexPage {
  std::vector<Option> municipalities;
  std::string municipality;                         // a code; empty: none is chosen
  std::optional<reports::ReportDocument> document;  // of the municipality
  bool has_population = true;                       // of any of its years
  std::optional<Day> published_on;                  // none is published yet: when the first will be
  std::string file_address;                         // with the kind of file to be added
};
Page annex_page(Frame const& frame, AnnexPage const& model);

}  // namespace kaiku::pages
