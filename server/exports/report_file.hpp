// A report as a file: its name, its kind and its bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/reports/annex.hpp"
#include "server/reports/annual.hpp"
#include "server/reports/area_reports.hpp"
#include "server/reports/report_document.hpp"
#include "server/reports/value_report.hpp"

namespace kaiku::exports {

enum class Format : std::uint8_t { csv, rfc4180, xlsx, pdf };
// "csv", "csv-rfc4180", "xlsx", "pdf".
std::optional<Format> format_from(std::string_view word);
std::string_view media_type_of(Format format);
// "kaiku-vuositilasto-2026-ajo-2026.xlsx".
std::string file_name(reports::ReportDocument const& document, Format format);
// The bytes; slow for a PDF. Throws std::runtime_error where they cannot be made.
std::string file_bytes(reports::ReportDocument const& document, Format format);

// With the name that its file has. `scope`: of the area or venue; empty: the whole network.
reports::ReportDocument named_document(contract::Language language,
                                       reports::AnnualReport const& report,
                                       std::string const& scope);
reports::ReportDocument named_document(contract::Language language,
                                       reports::UsageReport const& report,
                                       std::string const& scope);
reports::ReportDocument named_document(contract::Language language,
                                       reports::CohortReport const& report,
                                       std::string const& scope);
reports::ReportDocument named_document(contract::Language language,
                                       reports::FlowReport const& report, std::string const& scope);

reports::ReportDocument named_document(contract::Language language,
                                       reports::AnnexReport const& report);

reports::ReportDocument named_document(contract::Language language,
                                       reports::ValueReport const& report,
                                       std::string const& scope);

}  // namespace kaiku::exports
