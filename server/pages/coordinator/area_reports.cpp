#include "server/pages/coordinator/area_reports.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "server/domain/report_run.hpp"
#include "server/exports/report_file.hpp"
#include "server/http/form.hpp"
#include "server/pages/coordinator/area_reports_view.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/frame/saved_file.hpp"
#include "server/reports/area_reports.hpp"
#include "server/reports/measures.hpp"
#include "server/tables/report_runs.hpp"

namespace kaiku::pages {
namespace {

// One of the two reports: its name and place, who draws it, and how many years after its own the
// settlement is that tells it.
template <class Report>
struct Kind {
  reports::Measure name;
  char const* path;
  Result<Report> (*draw)(ledger::ReadTx&, reports::AreaQuestion const&, domain::Caller const&);
  int years_after;
};
constexpr Kind<reports::CohortReport> cohorts{reports::Measure::cohort, "/figures/cohorts",
                                              reports::draw_cohorts, 1};
constexpr Kind<reports::FlowReport> flows{reports::Measure::flows, "/figures/flows",
                                          reports::draw_flows, 0};

// Years whose report is told, the newest first, and the one that comes next.
struct Years {
  std::vector<int> told;
  int coming = 0;
};
// A cohort is told where its own year is settled too.
Years years_of(ledger::ReadTx& tx, int years_after, Day today) {
  std::vector<int> settled;
  for (auto const& run : tables::list_runs(tx)) {
    if (run.name.is_settlement()) settled.push_back(run.name.year);
  }
  std::ranges::sort(settled, std::greater());
  auto const is_settled = [&](int year) {
    return std::ranges::find(settled, year) != settled.end();
  };
  Years years;
  for (auto const year : settled) {
    if (is_settled(year - years_after)) years.told.push_back(year - years_after);
  }
  auto const year = civil_of(today).year;
  bool const is_before = today < domain::first_day_of_drawing({.year = year - 1});
  auto const due = is_before ? year - 1 : year;
  years.coming = is_settled(due - years_after) ? due - years_after : due;
  if (!years.told.empty()) years.coming = years.told.front() + 1;
  return years;
}

template <class Report>
struct Drawn {
  Frame frame;
  AreaReportPage page;
  std::optional<Report> report;
};

template <class Report>
Result<Drawn<Report>> draw(access::Call const& call, ledger::ReadTx& tx, Kind<Report> const& kind) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  Drawn<Report> drawn{network_frame(call, tx), {}, {}};
  auto& [frame, page, report] = drawn;
  auto const caller = caller_in(frame, call);
  page.title = reports::name_in(frame.language, kind.name);
  page.path = kind.path;
  page.areas = area_choices(tx, caller, frame.language);
  reports::AreaQuestion question;
  question.area = area_asked_for(tx, caller, values["area"]);
  if (question.area && !page.areas.empty()) page.area = question.area->value;

  auto [years, coming] = years_of(tx, kind.years_after, call.today());
  int const newest = years.empty() ? coming : years.front();
  years.insert(years.begin(), coming);
  for (auto const year : years) page.years.push_back({std::to_string(year), std::to_string(year)});
  auto const wanted = static_cast<int>(values.number("year").value_or(newest));
  question.year = std::ranges::find(years, wanted) == years.end() ? newest : wanted;
  page.year = std::to_string(*question.year);

  auto told = kind.draw(tx, question, caller);
  if (told) {
    report = *std::move(told);
  } else if (told.error().problem == Problem::not_found) {
    auto const day = domain::first_day_of_drawing({.year = *question.year + kind.years_after});
    if (call.today() <= day) page.published_on = day;
  } else {
    return told.error();
  }
  return drawn;
}

template <class Report>
reports::ReportDocument document_of(ledger::ReadTx& tx, Drawn<Report> const& drawn) {
  auto const language = drawn.frame.language;
  auto const& area = drawn.report->area;
  return exports::named_document(language, *drawn.report,
                                 area ? area_name(tx, *area, language) : std::string());
}

template <class Report>
Result<http::Response> show(access::Call const& call, ledger::ReadTx& tx,
                            Kind<Report> const& kind) {
  auto drawn = draw(call, tx, kind);
  if (!drawn) return drawn.error();
  auto& page = drawn->page;
  if (drawn->report) {
    page.document = document_of(tx, *drawn);
    page.bars = bars_of(drawn->frame.language, *drawn->report);
    page.file_address = page.path + "/file?year=" + page.year;
    if (!page.area.empty()) page.file_address += "&area=" + http::percent_encode(page.area);
    page.file_address += "&as=";
  }
  return respond(drawn->frame, area_report_page(drawn->frame, page));
}

template <class Report>
Result<http::Response> save(access::Call const& call, ledger::ReadTx& tx,
                            Kind<Report> const& kind) {
  auto const values = call.query();
  if (!values) return values.error();
  auto const format = exports::format_from(FormValues(*values)["as"]);
  if (!format) return Error(Problem::not_found);
  auto const drawn = draw(call, tx, kind);
  if (!drawn) return drawn.error();
  if (!drawn->report) return Error(Problem::not_found, "not published yet");
  auto const document = document_of(tx, *drawn);
  return file_response(exports::file_name(document, *format), exports::media_type_of(*format),
                       [document, format] { return exports::file_bytes(document, *format); });
}

}  // namespace

Result<http::Response> get_cohorts(access::Call const& call, ledger::ReadTx& tx) {
  return show(call, tx, cohorts);
}
Result<http::Response> get_cohorts_file(access::Call const& call, ledger::ReadTx& tx) {
  return save(call, tx, cohorts);
}
Result<http::Response> get_flows(access::Call const& call, ledger::ReadTx& tx) {
  return show(call, tx, flows);
}
Result<http::Response> get_flows_file(access::Call const& call, ledger::ReadTx& tx) {
  return save(call, tx, flows);
}

}  // namespace kaiku::pages
