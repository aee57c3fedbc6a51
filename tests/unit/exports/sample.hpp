// A report with every kind of cell, for the tests and for looking at its files.
#pragma once

#include "server/reports/report_document.hpp"

namespace kaiku::exports::sample {

reports::Figure shown(std::int64_t count);
reports::Figure withheld(reports::Figure::Is sign);
reports::Figure at_least(std::int64_t count);

// Two tables: "annual", of one row, and "by_area", of three rows and a total. One name would be a
// formula in a spreadsheet, one has a semicolon, one a comma and quotes.
reports::ReportDocument document(contract::Language language = contract::Language::fi);
// The second table alone, with this many further rows before the total.
reports::ReportDocument long_document(int rows);

}  // namespace kaiku::exports::sample
