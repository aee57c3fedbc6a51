// A report as a workbook of Excel (Office Open XML).
#pragma once

#include "schema/values/bytes.hpp"
#include "server/reports/report_document.hpp"

namespace kaiku::exports {

// A sheet a table, its head frozen; counts, per cents and days as numbers, withheld cells as their
// signs. The last sheet tells run, time, hash, signs and definitions. The same document gives the
// same bytes. Any thread, one at a time inside. Throws std::runtime_error when it cannot be
// written.
Bytes xlsx_file(reports::ReportDocument const& document);

}  // namespace kaiku::exports
