#include "server/pages/coordinator/area_reports_view.hpp"

#include <algorithm>

#include "pages/embedded_assets.hpp"
#include "server/pages/coordinator/document_table.hpp"
#include "server/pages/coordinator/figures_address.hpp"
#include "server/pages/coordinator/year_and_area.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/reports/area_documents.hpp"

namespace kaiku::pages {
namespace {

using reports::Figure;

// A withheld bar has this length, whatever it is.
constexpr double stub = 0.03;

bool is_withheld(Figure const& figure) {
  return figure.is == Figure::Is::small || figure.is == Figure::Is::complementary;
}

AreaReportBar share_bar(Language language, Text label, Figure const& used,
                        Figure const& registered) {
  AreaReportBar bar{std::string(in(language, label)), {}, used};
  if (auto const share = reports::rate_of(used, registered)) {
    bar.value = percent_text(language, *share);
    bar.part = *share;
  }
  return bar;
}

// Each as a part of the longest.
void measure(std::vector<AreaReportBar>& bars) {
  std::int64_t longest = 1;
  for (auto const& bar : bars) longest = std::max(longest, bar.figure.count);
  for (auto& bar : bars) {
    bar.part = static_cast<double>(bar.figure.count) / static_cast<double>(longest);
  }
}

Data bar_data(Language language, AreaReportBar const& bar) {
  Data data;
  put_number(data, language, bar.figure);
  if (!bar.value.empty()) data.set("value", bar.value);
  data.set("label", bar.label);
  data.set("withheld", is_withheld(bar.figure));
  data.set("width", tenths(100 * (is_withheld(bar.figure) ? stub : bar.part)));
  return data;
}

Data table_data(Frame const& frame, reports::DocumentTable const& table) {
  Data data("title", table.title);
  data.set("id", "table-" + table.id);
  put_table(frame, data, table);
  return data;
}

Data report_data(Frame const& frame, AreaReportPage const& model) {
  auto const& document = *model.document;
  Data report("as_of_line", document.as_of_line);
  std::vector<Data> bars;
  for (auto const& bar : model.bars) bars.push_back(bar_data(frame.language, bar));
  std::vector<Data> tables;
  for (auto const& table : document.tables) tables.push_back(table_data(frame, table));
  std::vector<Data> notes;
  for (auto const& note : document.notes) notes.emplace_back("note", note);
  report.set("bars", list_of(bars));
  report.set("tables", list_of(tables));
  report.set("notes", list_of(notes));
  put_definitions(report, document.definitions, document.definitions);
  report.set("file_address", model.file_address);
  return report;
}

std::string note_above(Language language, AreaReportPage const& model) {
  if (model.document) return {};
  if (!model.published_on) return std::string(in(language, Text::area_report_none));
  return fill(language, Text::figures_published_on,
              {{"day", day_text(language, *model.published_on)}});
}

}  // namespace

std::vector<AreaReportBar> bars_of(Language language, reports::CohortReport const& report) {
  auto const& figures =
      report.area && !report.rows.empty() ? report.rows.front().figures : report.network;
  return {share_bar(language, Text::cohort_30, figures.used_30, figures.registered),
          share_bar(language, Text::cohort_90, figures.used_90, figures.registered),
          share_bar(language, Text::cohort_365, figures.used_365, figures.registered)};
}

std::vector<AreaReportBar> bars_of(Language language, reports::FlowReport const& report) {
  std::vector<AreaReportBar> bars;
  for (std::size_t venue = 0; venue < report.venues.size(); ++venue) {
    if (!report.area) {
      bars.push_back({report.venues[venue].label, {}, report.totals[venue]});
    } else if (report.venues[venue].area == report.area) {
      for (std::size_t home = 0; home < report.homes.size(); ++home) {
        bars.push_back(
            {reports::name_of(language, report.homes[home]), {}, report.adults[home][venue]});
      }
    }
  }
  measure(bars);
  return bars;
}

Page area_report_page(Frame const& frame, AreaReportPage const& model) {
  Page page{.title = model.title, .body = embedded::area_report};
  auto& values = page.values;
  values.set("back", figures_address("/figures", model.year, model.area));
  values.set("title", model.title);
  values.set("path", model.path);
  put_year_and_area(frame, page, {model.years, model.year, model.areas, model.area});
  values.set("waits", text_or_nothing(note_above(frame.language, model)));
  values.set("report", model.document ? report_data(frame, model) : Data(false));
  return page;
}

}  // namespace kaiku::pages
