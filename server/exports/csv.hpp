// A report as text: for spreadsheets in Finland, and for programs.
#pragma once

#include <string>

#include "server/reports/report_document.hpp"

namespace kaiku::exports {

// A semicolon between cells, decimal comma, byte-order mark, days as 22.11.2026; heads are labels.
// Several tables stand below each other, each under a line with its title. The last two columns of
// each row tell the run and as of when it is.
std::string finnish_csv(reports::ReportDocument const& document);

// By RFC 4180: a comma, decimal point, days as 2026-11-22; heads are the names that JSON uses. One
// table whatever the document has: where it has several, the first column names the table, and a
// row has nothing in the columns of others.
std::string rfc4180_csv(reports::ReportDocument const& document);

}  // namespace kaiku::exports
