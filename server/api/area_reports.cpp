#include "server/api/area_reports.hpp"

#include <nlohmann/json.hpp>
#include <string_view>

#include "schema/values/faults.hpp"
#include "server/api/replies.hpp"
#include "server/api/report_json.hpp"
#include "server/api/report_query.hpp"
#include "server/reports/area_reports.hpp"
#include "server/tables/network.hpp"

namespace kaiku::api {
namespace {

template <class Report>
using Draw = Result<Report> (*)(ledger::ReadTx&, reports::AreaQuestion const&,
                                domain::Caller const&);

template <class Report>
Result<Drawn<Report>> draw(access::Call const& call, ledger::ReadTx& tx, Draw<Report> drawn,
                           std::string_view profile = "") {
  std::vector<std::string_view> known{"year", "area", "lang"};
  if (!profile.empty()) known.push_back(profile);
  auto const values = query_values(call, known);
  if (!values) return values.error();
  Faults faults;
  reports::AreaQuestion question;
  question.year = read_year((*values)[0], faults);
  read_area((*values)[1], question.area, question.is_network_wanted, faults);
  auto const reader = reader_of(call, (*values)[2], faults);
  if (!faults.empty()) return faults.error();
  auto report = drawn(tx, question, reader);
  if (!report) return report.error();
  return Drawn<Report>{*std::move(report), reader.language};
}

template <class Report>
Result<http::Response> file_of(ledger::ReadTx& tx, Result<Drawn<Report>> const& drawn,
                               exports::Format format) {
  if (!drawn) return drawn.error();
  auto const& [report, language] = *drawn;
  auto const area = report.area ? tables::find_area(tx, *report.area) : std::nullopt;
  auto const scope = area ? area->name.in(language) : std::string();
  return file_answer(exports::named_document(language, report, scope), format);
}

template <class Report>
Result<http::Response> csv_of(access::Call const& call, ledger::ReadTx& tx, Draw<Report> drawn) {
  auto const format = csv_profile(call);
  if (!format) return format.error();
  return file_of(tx, draw(call, tx, drawn, "profile"), *format);
}

}  // namespace

Result<http::Response> get_cohorts(access::Call const& call, ledger::ReadTx& tx) {
  auto const drawn = draw(call, tx, reports::draw_cohorts);
  if (!drawn) return drawn.error();
  return ok(cohort_json(drawn->report, drawn->language));
}
Result<http::Response> get_cohorts_csv(access::Call const& call, ledger::ReadTx& tx) {
  return csv_of(call, tx, reports::draw_cohorts);
}
Result<http::Response> get_cohorts_xlsx(access::Call const& call, ledger::ReadTx& tx) {
  return file_of(tx, draw(call, tx, reports::draw_cohorts), exports::Format::xlsx);
}
Result<http::Response> get_cohorts_pdf(access::Call const& call, ledger::ReadTx& tx) {
  return file_of(tx, draw(call, tx, reports::draw_cohorts), exports::Format::pdf);
}

Result<http::Response> get_flows(access::Call const& call, ledger::ReadTx& tx) {
  auto const drawn = draw(call, tx, reports::draw_flows);
  if (!drawn) return drawn.error();
  return ok(flow_json(drawn->report, drawn->language));
}
Result<http::Response> get_flows_csv(access::Call const& call, ledger::ReadTx& tx) {
  return csv_of(call, tx, reports::draw_flows);
}
Result<http::Response> get_flows_xlsx(access::Call const& call, ledger::ReadTx& tx) {
  return file_of(tx, draw(call, tx, reports::draw_flows), exports::Format::xlsx);
}
Result<http::Response> get_flows_pdf(access::Call const& call, ledger::ReadTx& tx) {
  return file_of(tx, draw(call, tx, reports::draw_flows), exports::Format::pdf);
}

}  // namespace kaiku::api
