// A report on paper.
#pragma once

#include "schema/values/bytes.hpp"
#include "server/reports/report_document.hpp"

namespace kaiku::exports {

// A4, upright where the tables allow it: title, what it covers, tables, signs and definitions, and
// on each page the run and the page's number. The same document gives the same bytes. Any thread.
// Throws std::runtime_error when a typeface is not installed.
Bytes pdf_file(reports::ReportDocument const& document);

}  // namespace kaiku::exports
