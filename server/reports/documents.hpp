// Reports as documents in a language: what pages show in tables and what leaves as a file.
#pragma once

#include <string>
#include <vector>

#include "server/reports/annual.hpp"
#include "server/reports/measures.hpp"
#include "server/reports/report_document.hpp"

namespace kaiku::reports {

// `scope`: the name of the area or venue; empty: the whole network.
ReportDocument annual_document(contract::Language language, AnnualReport const& report,
                               std::string const& scope);
ReportDocument usage_document(contract::Language language, UsageReport const& report,
                              std::string const& scope);

// What every document says of itself.
ReportDocument headed(contract::Language language, AsOf const& as_of, State state,
                      std::string const& scope);
// The meaning of its signs, and how these measures are counted.
void add_notes(ReportDocument& document, std::vector<Measure> const& measures);

// "Ajo 2026-Q3, tilanne 11.10.2026 klo 0.10, kirjaus 48 211".
std::string as_of_line(contract::Language language, AsOf const& as_of);
// A row of the grouping as its reader calls it: "maaliskuu 2026", "2. neljännes 2026".
std::string row_name(contract::Language language, GroupBy group, UsageRow const& row);
// What the signs of a document mean, those that it has.
std::vector<std::string> legend_of(contract::Language language,
                                   std::vector<DocumentTable> const& tables);

}  // namespace kaiku::reports
