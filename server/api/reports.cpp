#include "server/api/reports.hpp"

#include <nlohmann/json.hpp>

#include "schema/codec/json_fields.hpp"
#include "schema/values/faults.hpp"
#include "server/api/replies.hpp"
#include "server/api/report_json.hpp"
#include "server/api/report_query.hpp"
#include "server/domain/declared_words.hpp"
#include "server/exports/report_file.hpp"
#include "server/reports/annual.hpp"
#include "server/reports/own_file.hpp"
#include "server/tables/network.hpp"
#include "server/use_cases/publish_run.hpp"

namespace kaiku::api {
namespace {

using Texts = std::vector<std::optional<std::string>>;

Day read_day(std::optional<std::string> const& text, char const* pointer, Faults& faults) {
  auto const day = text ? day_from_iso(*text) : std::nullopt;
  if (!text) {
    faults.add(pointer, FaultCode::required, "is missing");
  } else if (!day) {
    faults.add(pointer, FaultCode::not_a_day);
  }
  return day.value_or(Day{});
}

Result<Drawn<reports::AnnualReport>> draw_annual(access::Call const& call, ledger::ReadTx& tx,
                                                 std::string_view profile = "") {
  std::vector<std::string_view> known{"year", "area", "as_of", "since", "lang"};
  if (!profile.empty()) known.push_back(profile);
  auto const values = query_values(call, known);
  if (!values) return values.error();
  Texts const& texts = *values;
  Faults faults;
  reports::AnnualQuestion question;
  question.year = read_year(texts[0], faults).value_or(civil_of(call.today()).year);
  read_area(texts[1], question.area, question.is_network_wanted, faults);
  question.as_of = texts[2];
  question.since = texts[3];
  auto const reader = reader_of(call, texts[4], faults);
  if (!faults.empty()) return faults.error();
  auto const report = reports::draw_annual(tx, question, reader, call.today());
  if (!report) return report.error();
  return Drawn<reports::AnnualReport>{*report, reader.language};
}

Result<Drawn<reports::UsageReport>> draw_usage(access::Call const& call, ledger::ReadTx& tx,
                                               std::string_view profile = "") {
  std::vector<std::string_view> known{"from", "to", "group_by", "area", "as_of", "lang"};
  if (!profile.empty()) known.push_back(profile);
  auto const values = query_values(call, known);
  if (!values) return values.error();
  Texts const& texts = *values;
  Faults faults;
  reports::UsageQuestion question;
  question.from = read_day(texts[0], "/from", faults);
  question.to = read_day(texts[1], "/to", faults);
  if (texts[2]) {
    auto const group = reports::group_by_from(*texts[2]);
    if (group)
      question.group_by = *group;
    else
      faults.add("/group_by", FaultCode::not_an_option);
  }
  read_area(texts[3], question.area, question.is_network_wanted, faults);
  question.as_of = texts[4];
  auto const reader = reader_of(call, texts[5], faults);
  if (!faults.empty()) return faults.error();
  auto const report = reports::draw_usage(tx, question, reader, call.today());
  if (!report) return report.error();
  return Drawn<reports::UsageReport>{*report, reader.language};
}

std::string scope_name(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                       std::optional<VenueId> const& venue, contract::Language language) {
  if (venue) {
    auto const found = tables::find_venue(tx, *venue);
    return found ? found->name : std::string();
  }
  auto const found = area ? tables::find_area(tx, *area) : std::nullopt;
  return found ? found->name.in(language) : std::string();
}

// As a file; figures that change daily leave as none, for somebody would publish them.
template <class Report>
Result<http::Response> file_of(ledger::ReadTx& tx, Result<Drawn<Report>> drawn,
                               exports::Format format) {
  if (!drawn) return drawn.error();
  auto& report = drawn->report;
  if (report.state == reports::State::working) {
    return Error(Problem::not_found, "figures that change daily leave as no file");
  }
  reports::withhold_for_others(tx, report);
  auto const document = exports::named_document(
      drawn->language, report, scope_name(tx, report.area, report.venue, drawn->language));
  return file_answer(document, format);
}

}  // namespace

Result<http::Response> get_annual_report(access::Call const& call, ledger::ReadTx& tx) {
  auto const drawn = draw_annual(call, tx);
  if (!drawn) return drawn.error();
  return ok(annual_json(drawn->report, drawn->language));
}
Result<http::Response> get_annual_csv(access::Call const& call, ledger::ReadTx& tx) {
  auto const format = csv_profile(call);
  if (!format) return format.error();
  return file_of(tx, draw_annual(call, tx, "profile"), *format);
}
Result<http::Response> get_annual_xlsx(access::Call const& call, ledger::ReadTx& tx) {
  return file_of(tx, draw_annual(call, tx), exports::Format::xlsx);
}
Result<http::Response> get_annual_pdf(access::Call const& call, ledger::ReadTx& tx) {
  return file_of(tx, draw_annual(call, tx), exports::Format::pdf);
}

Result<http::Response> get_usage_report(access::Call const& call, ledger::ReadTx& tx) {
  auto const drawn = draw_usage(call, tx);
  if (!drawn) return drawn.error();
  return ok(usage_json(drawn->report, drawn->language));
}
Result<http::Response> get_usage_csv(access::Call const& call, ledger::ReadTx& tx) {
  auto const format = csv_profile(call);
  if (!format) return format.error();
  return file_of(tx, draw_usage(call, tx, "profile"), *format);
}
Result<http::Response> get_usage_xlsx(access::Call const& call, ledger::ReadTx& tx) {
  return file_of(tx, draw_usage(call, tx), exports::Format::xlsx);
}
Result<http::Response> get_usage_pdf(access::Call const& call, ledger::ReadTx& tx) {
  return file_of(tx, draw_usage(call, tx), exports::Format::pdf);
}

// Counted and withheld on the slow lane; the writer only keeps it.
Result<access::Work> prepare_report_run(access::Call const& call, ledger::ReadTx& tx) {
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  use_cases::RunQuestion question;
  question.year = static_cast<int>(fields.integer("year", {2010, 2100}));
  auto const quarter = fields.optional_integer("quarter", {1, 3});
  if (quarter) question.quarter = static_cast<int>(*quarter);
  if (auto const table = fields.optional_word("without", domain::table_from)) {
    question.without.push_back(*table);
  }
  if (auto const good = fields.finish(); !good) return good.error();
  auto drawn = use_cases::draw_asked_run(tx, question, call.today());
  if (!drawn) return drawn.error();
  return access::Work([drawn = *std::move(drawn)] { return std::any(drawn); });
}

Result<http::Response> post_report_run(access::Call& call, ledger::WriteTx& tx) {
  auto const& drawn = std::any_cast<reports::DrawnRun const&>(call.prepared);
  auto const run = use_cases::publish_run(tx, drawn, call.caller().actor);
  if (!run) return run.error();
  return created(run_json(*run), "/api/v1/reports/runs/" + text_of(run->name));
}

Result<http::Response> get_report_runs(access::Call const& call, ledger::ReadTx& tx) {
  if (auto const values = query_values(call, {}); !values) return values.error();
  auto const runs = tables::list_runs(tx);
  nlohmann::json items = nlohmann::json::array();
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) items.push_back(run_json(*run));
  return ok({{"items", std::move(items)}, {"next", nullptr}});
}

Result<http::Response> get_report_run(access::Call const& call, ledger::ReadTx& tx) {
  if (auto const values = query_values(call, {}); !values) return values.error();
  auto const name = domain::run_name_from(call.parameter(0));
  auto const run = name ? tables::find_run(tx, *name) : std::nullopt;
  if (!run) return Error(Problem::not_found);
  return ok(run_json(*run));
}

}  // namespace kaiku::api
