#include "server/exports/report_file.hpp"

#include <array>

#include "server/exports/csv.hpp"
#include "server/exports/file_names.hpp"
#include "server/exports/pdf.hpp"
#include "server/exports/xlsx.hpp"
#include "server/reports/area_documents.hpp"
#include "server/reports/documents.hpp"
#include "server/reports/value_document.hpp"

namespace kaiku::exports {
namespace {

struct FormatRow {
  std::string_view word;
  std::string_view ending;
  std::string_view media_type;
};
constexpr std::array formats{
    FormatRow{"csv", ".csv", "text/csv; charset=utf-8; header=present"},
    FormatRow{"csv-rfc4180", ".csv", "text/csv; charset=utf-8; header=present"},
    FormatRow{"xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    FormatRow{"pdf", ".pdf", "application/pdf"},
};

FormatRow const& row_of(Format format) { return formats.at(static_cast<std::size_t>(format)); }

std::string text_of_bytes(Bytes const& bytes) { return {bytes.begin(), bytes.end()}; }

std::string run_of(reports::AsOf const& as_of) { return as_of.run ? text_of(*as_of.run) : ""; }

// "2026" for a whole year, else first and last day.
std::string period_of(Day from, Day to) {
  auto const first = civil_of(from);
  bool const is_year = first.month == 1 && first.day == 1 && to == day_from(first.year, 12, 31);
  return is_year ? std::to_string(first.year) : to_iso(from) + "-" + to_iso(to);
}

reports::ReportDocument named(reports::ReportDocument document, FileName const& name) {
  document.file_stem = file_stem(document.language, name);
  return document;
}

}  // namespace

std::optional<Format> format_from(std::string_view word) {
  for (std::size_t at = 0; at < formats.size(); ++at) {
    if (formats[at].word == word) return static_cast<Format>(at);
  }
  return std::nullopt;
}

std::string_view media_type_of(Format format) { return row_of(format).media_type; }

std::string file_name(reports::ReportDocument const& document, Format format) {
  return document.file_stem + std::string(row_of(format).ending);
}

std::string file_bytes(reports::ReportDocument const& document, Format format) {
  switch (format) {
    case Format::csv: return finnish_csv(document);
    case Format::rfc4180: return rfc4180_csv(document);
    case Format::xlsx: return text_of_bytes(xlsx_file(document));
    case Format::pdf: break;
  }
  return text_of_bytes(pdf_file(document));
}

reports::ReportDocument named_document(contract::Language language,
                                       reports::AnnualReport const& report,
                                       std::string const& scope) {
  return named(reports::annual_document(language, report, scope),
               {report.venue ? Report::venue : Report::annual, std::to_string(report.year), scope,
                run_of(report.as_of)});
}

reports::ReportDocument named_document(contract::Language language,
                                       reports::UsageReport const& report,
                                       std::string const& scope) {
  return named(reports::usage_document(language, report, scope),
               {report.venue ? Report::venue : Report::usage, period_of(report.from, report.to),
                scope, run_of(report.as_of)});
}

reports::ReportDocument named_document(contract::Language language,
                                       reports::CohortReport const& report,
                                       std::string const& scope) {
  return named(reports::cohort_document(language, report, scope),
               {Report::cohorts, std::to_string(report.year), scope, run_of(report.as_of)});
}

reports::ReportDocument named_document(contract::Language language,
                                       reports::FlowReport const& report,
                                       std::string const& scope) {
  return named(reports::flow_document(language, report, scope),
               {Report::flows, std::to_string(report.year), scope, run_of(report.as_of)});
}

reports::ReportDocument named_document(contract::Language language,
                                       reports::AnnexReport const& report) {
  auto const document = reports::annex_document(language, report);
  return named(document, {Report::annex, document.period, document.scope, document.run});
}

reports::ReportDocument named_document(contract::Language language,
                                       reports::ValueReport const& report,
                                       std::string const& scope) {
  auto const document = reports::value_document(language, report, scope);
  return named(document, {Report::value, std::to_string(report.uses.year), scope, document.run});
}

}  // namespace kaiku::exports
