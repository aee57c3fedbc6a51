#include "server/api/reports.hpp"

#include <limits>
#include <nlohmann/json.hpp>

#include "schema/values/faults.hpp"
#include "server/api/replies.hpp"
#include "server/api/report_json.hpp"
#include "server/reports/annual.hpp"

namespace kaiku::api {
namespace {

// No area's id: those are in capitals.
constexpr std::string_view whole_network = "network";

using Texts = std::vector<std::optional<std::string>>;

void read_area(std::optional<std::string> const& text, std::optional<AreaId>& area,
               bool& is_network_wanted, Faults& faults) {
  if (!text) return;
  is_network_wanted = *text == whole_network;
  if (is_network_wanted) return;
  area = AreaId::parse(*text);
  if (!area) faults.add("/area", FaultCode::not_an_area_id);
}

// In which labels and definitions are told: the account's, unless another is asked for.
domain::Caller reader_of(access::Call const& call, std::optional<std::string> const& text,
                         Faults& faults) {
  auto reader = call.caller();
  if (!text) return reader;
  auto const language = contract::language_from(*text);
  if (language)
    reader.language = *language;
  else
    faults.add("/lang", FaultCode::not_an_option);
  return reader;
}

Day read_day(std::optional<std::string> const& text, char const* pointer, Faults& faults) {
  auto const day = text ? day_from_iso(*text) : std::nullopt;
  if (!text) {
    faults.add(pointer, FaultCode::required, "is missing");
  } else if (!day) {
    faults.add(pointer, FaultCode::not_a_day);
  }
  return day.value_or(Day{});
}

// Whether it is one that has figures is for the report to say.
int read_year(std::optional<std::string> const& text, Day today, Faults& faults) {
  if (!text) return civil_of(today).year;
  auto const year = number_from(*text);
  if (year && *year >= 0 && *year <= std::numeric_limits<std::int16_t>::max()) {
    return static_cast<int>(*year);
  }
  faults.add("/year", FaultCode::out_of_range, "has to be a year from 2010 to 2100");
  return 0;
}

}  // namespace

Result<http::Response> get_annual_report(access::Call const& call, ledger::ReadTx& tx) {
  auto const values = query_values(call, {"year", "area", "as_of", "since", "lang"});
  if (!values) return values.error();
  Texts const& texts = *values;
  Faults faults;
  reports::AnnualQuestion question;
  question.year = read_year(texts[0], call.today(), faults);
  read_area(texts[1], question.area, question.is_network_wanted, faults);
  question.as_of = texts[2];
  question.since = texts[3];
  auto const reader = reader_of(call, texts[4], faults);
  if (!faults.empty()) return faults.error();
  auto const report = reports::draw_annual(tx, question, reader, call.today());
  if (!report) return report.error();
  return ok(annual_json(*report, reader.language));
}

Result<http::Response> get_usage_report(access::Call const& call, ledger::ReadTx& tx) {
  auto const values = query_values(call, {"from", "to", "group_by", "area", "as_of", "lang"});
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
  return ok(usage_json(*report, reader.language));
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
