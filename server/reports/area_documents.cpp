#include "server/reports/area_documents.hpp"

#include <utility>

#include "server/reports/document_texts.hpp"
#include "server/reports/documents.hpp"

namespace kaiku::reports {
namespace {

using contract::Language;

std::string said(Language language, Text text) { return std::string(in(language, text)); }

std::string days_of_year(int year) {
  return to_finnish(day_from(year, 1, 1).value()) + "–" +
         to_finnish(day_from(year, 12, 31).value());
}

DocumentRow cohort_row(std::string name, CohortFigures const& figures, bool is_total) {
  auto const share = [&](Figure const& used) {
    if (auto const rate = rate_of(used, figures.registered)) return DocumentCell(Share{*rate});
    return DocumentCell(used.value() ? Figure{} : used);
  };
  return {{std::move(name), figures.registered, figures.used_30, share(figures.used_30),
           figures.used_90, share(figures.used_90), figures.used_365, share(figures.used_365)},
          is_total};
}

DocumentTable cohort_table(Language language, CohortReport const& report) {
  DocumentTable table{
      "cohorts", fill(language, Text::cohorts, {{"year", std::to_string(report.year)}}), {}, {}};
  table.columns.push_back({"area", said(language, Text::by_area), false});
  table.columns.push_back(
      {"registered", std::string(name_in(language, Measure::registered)), true});
  for (auto const& [id, label] :
       {std::pair("used_30", Text::used_30), std::pair("share_30", Text::share_30),
        std::pair("used_90", Text::used_90), std::pair("share_90", Text::share_90),
        std::pair("used_365", Text::used_365), std::pair("share_365", Text::share_365)}) {
    table.columns.push_back({id, said(language, label), true});
  }
  table.rows.push_back(cohort_row(said(language, Text::network), report.network, true));
  for (auto const& row : report.rows) {
    table.rows.push_back(cohort_row(row.label, row.figures, false));
  }
  return table;
}

Figure sum_of(std::vector<Figure> const& figures) {
  auto sum = shown(0);
  for (auto const& figure : figures) sum = sum + figure;
  return sum;
}

DocumentTable flow_matrix(Language language, FlowReport const& report) {
  DocumentTable table{
      "flows", fill(language, Text::flows, {{"year", std::to_string(report.year)}}), {}, {}};
  table.columns.push_back({"home_area", said(language, Text::home_area), false});
  table.columns.push_back({"total", said(language, Text::total), true});
  DocumentRow totals{{said(language, Text::total), sum_of(report.totals)}, true};
  for (std::size_t at = 0; at < report.venues.size(); ++at) {
    auto const& venue = report.venues[at];
    table.columns.push_back({venue.area.value().value, venue.label, true});
    totals.cells.emplace_back(report.totals[at]);
  }
  table.rows.push_back(std::move(totals));
  for (std::size_t at = 0; at < report.homes.size(); ++at) {
    DocumentRow row{{name_of(language, report.homes[at]), sum_of(report.adults[at])}};
    for (auto const& figure : report.adults[at]) row.cells.emplace_back(figure);
    table.rows.push_back(std::move(row));
  }
  return table;
}

DocumentTable one_column(Language language, char const* id, Text title, Text first) {
  DocumentTable table{id, said(language, title), {}, {}};
  table.columns.push_back({"area", said(language, first), false});
  table.columns.push_back({"adults", said(language, Text::adults), true});
  return table;
}

// What comes to the venues of the area that the report is of.
DocumentTable flows_into(Language language, FlowReport const& report) {
  auto table = one_column(language, "into", Text::flows_into, Text::home_area);
  for (std::size_t venue = 0; venue < report.venues.size(); ++venue) {
    if (report.venues[venue].area != report.area) continue;
    table.rows.push_back({{said(language, Text::total), report.totals[venue]}, true});
    for (std::size_t home = 0; home < report.homes.size(); ++home) {
      table.rows.push_back({{name_of(language, report.homes[home]), report.adults[home][venue]}});
    }
  }
  return table;
}

DocumentTable flows_out(Language language, FlowReport const& report) {
  auto table = one_column(language, "out", Text::flows_out, Text::venue_area);
  for (std::size_t home = 0; home < report.homes.size(); ++home) {
    if (report.homes[home].area != report.area) continue;
    auto const& adults = report.adults[home];
    table.rows.push_back({{said(language, Text::total), sum_of(adults)}, true});
    for (std::size_t venue = 0; venue < report.venues.size(); ++venue) {
      table.rows.push_back({{report.venues[venue].label, adults[venue]}});
    }
  }
  return table;
}

}  // namespace

std::string name_of(Language language, FlowPlace const& place) {
  return place.area ? place.label : said(language, Text::home_not_known);
}

ReportDocument cohort_document(Language language, CohortReport const& report,
                               std::string const& scope) {
  auto document = headed(language, report.as_of, State::settled, scope);
  document.title = fill(language, Text::cohorts, {{"year", std::to_string(report.year)}});
  document.period = days_of_year(report.year);
  document.tables = {cohort_table(language, report)};
  add_notes(document, {Measure::cohort, Measure::registered});
  return document;
}

ReportDocument flow_document(Language language, FlowReport const& report,
                             std::string const& scope) {
  auto document = headed(language, report.as_of, State::settled, scope);
  document.title = fill(language, Text::flows, {{"year", std::to_string(report.year)}});
  document.period = days_of_year(report.year);
  if (report.area) {
    document.tables = {flows_into(language, report), flows_out(language, report)};
  } else {
    document.tables = {flow_matrix(language, report)};
  }
  add_notes(document, {Measure::flows, Measure::uses});
  return document;
}

}  // namespace kaiku::reports
