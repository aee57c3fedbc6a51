#include "server/api/reports.hpp"

#include <nlohmann/json.hpp>

#include "schema/values/faults.hpp"
#include "server/api/replies.hpp"
#include "server/use_cases/draw_report.hpp"

namespace kaiku::api {
namespace {

constexpr char definition[] =
    "registered: holders (lineages) whose registration day lies in the period, renewals and "
    "replacements not counted again; taken_into_use: those of them with at least one use not "
    "undone "
    "by the end of the period; usage_rate: taken_into_use divided by registered; active: holders "
    "of "
    "any year with a use in the period; uses: tickets by the day they occurred (Europe/Helsinki), "
    "assistants, interpreters, companions and community cards beside them. Counts of 1 to 4 are "
    "null.";

// Writes a cell and notes it in `suppressed` when it is hidden.
void put(nlohmann::json& object, std::string const& pointer, char const* name,
         use_cases::Cell const& cell, nlohmann::json& suppressed) {
  if (cell) {
    object[name] = *cell;
  } else {
    object[name] = nullptr;
    suppressed.push_back(pointer + "/" + name);
  }
}

nlohmann::json sectors_of(std::array<use_cases::Cell, 4> const& cells, std::string const& pointer,
                          nlohmann::json& suppressed) {
  nlohmann::json object = nlohmann::json::object();
  for (std::size_t at = 0; at < cells.size(); ++at) {
    auto const name = std::string(contract::word_of(static_cast<contract::Sector>(at)));
    put(object, pointer, name.c_str(), cells[at], suppressed);
  }
  return object;
}

nlohmann::json row_json(use_cases::UsageRow const& row, std::string const& pointer,
                        nlohmann::json& suppressed) {
  nlohmann::json json = nlohmann::json::object();
  if (row.has_persons) {
    put(json, pointer, "registered_cards", row.registered, suppressed);
    put(json, pointer, "cards_taken_into_use", row.taken_into_use, suppressed);
    put(json, pointer, "active_cards", row.active, suppressed);
    json["usage_rate"] = nullptr;
    if (row.usage_rate)
      json["usage_rate"] = *row.usage_rate;
    else if (!row.taken_into_use || !row.registered)
      suppressed.push_back(pointer + "/usage_rate");
  }
  json["uses"]["adults"] = sectors_of(row.adults, pointer + "/uses/adults", suppressed);
  json["uses"]["children"] = sectors_of(row.children, pointer + "/uses/children", suppressed);
  auto& beside = json["beside"] = nlohmann::json::object();
  put(beside, pointer + "/beside", "assistants", row.assistants, suppressed);
  put(beside, pointer + "/beside", "interpreters", row.interpreters, suppressed);
  put(beside, pointer + "/beside", "companions", row.companions, suppressed);
  put(beside, pointer + "/beside", "community_cards", row.community_uses, suppressed);
  return json;
}

void put_frame(nlohmann::json& json, use_cases::UsageReport const& report) {
  json["from"] = to_iso(report.from);
  json["to"] = to_iso(report.to);
  json["as_of"] = {{"sequence", report.as_of_sequence}, {"time", to_rfc3339(report.as_of)}};
  json["area"] = nullptr;
  if (report.area) json["area"] = report.area->value;
  json["municipalities"] = report.municipalities;
  json["waiting_uses"] = report.waiting_uses;
  json["late_share"] = nullptr;
  if (report.late_share) json["late_share"] = *report.late_share;
  json["definition"] = definition;
}

// as_of: a ledger sequence, or an RFC 3339 time that looks one up.
Result<void> read_as_of(std::optional<std::string> const& text,
                        use_cases::UsageQuestion& question) {
  if (!text) return {};
  question.as_of_sequence = number_from(*text);
  if (!question.as_of_sequence) question.as_of = instant_from_rfc3339(*text);
  if (question.as_of_sequence || question.as_of) return {};
  return field_error("/as_of", FaultCode::not_a_time,
                     "has to be a ledger sequence or a time in RFC 3339");
}

Result<void> read_area(std::optional<std::string> const& text, use_cases::UsageQuestion& question) {
  if (!text) return {};
  question.area = AreaId::parse(*text);
  if (question.area) return {};
  return field_error("/area", FaultCode::not_an_area_id, "has to be an area's id");
}

}  // namespace

Result<http::Response> get_annual_report(access::Call const& call, ledger::ReadTx& tx) {
  auto const values = query_values(call, {"year", "as_of", "area"});
  if (!values) return values.error();
  auto const year = (*values)[0] ? number_from(*(*values)[0])
                                 : std::optional<std::int64_t>(civil_of(call.today()).year);
  if (!year || *year < 2010 || *year > 2100) {
    return field_error("/year", FaultCode::out_of_range, "has to be a year from 2010 to 2100");
  }
  use_cases::UsageQuestion question;
  question.from = day_from(static_cast<int>(*year), 1, 1).value();
  question.to = day_from(static_cast<int>(*year), 12, 31).value();
  if (auto const read = read_as_of((*values)[1], question); !read) return read.error();
  if (auto const read = read_area((*values)[2], question); !read) return read.error();
  auto const report = use_cases::draw_usage(tx, question, call.caller());
  if (!report) return report.error();
  nlohmann::json suppressed = nlohmann::json::array();
  auto json = row_json(report->rows.at(0), "", suppressed);
  json["year"] = *year;
  put_frame(json, *report);
  json["suppressed"] = std::move(suppressed);
  return ok(json);
}

Result<http::Response> get_usage_report(access::Call const& call, ledger::ReadTx& tx) {
  auto const values = query_values(call, {"from", "to", "as_of", "group_by", "area"});
  if (!values) return values.error();
  Faults faults;
  use_cases::UsageQuestion question;
  auto const day = [&](std::size_t at, char const* pointer, Day& into) {
    auto const read = (*values)[at] ? day_from_iso(*(*values)[at]) : std::nullopt;
    if (read)
      into = *read;
    else if ((*values)[at])
      faults.add(pointer, FaultCode::not_a_day);
    else
      faults.add(pointer, FaultCode::required, "is missing");
  };
  day(0, "/from", question.from);
  day(1, "/to", question.to);
  if ((*values)[3]) {
    auto const group = tables::group_by_from(*(*values)[3]);
    if (group)
      question.group_by = *group;
    else
      faults.add("/group_by", FaultCode::not_an_option);
  }
  if (!faults.empty()) return faults.error();
  if (auto const read = read_as_of((*values)[2], question); !read) return read.error();
  if (auto const read = read_area((*values)[4], question); !read) return read.error();
  auto const report = use_cases::draw_usage(tx, question, call.caller());
  if (!report) return report.error();
  nlohmann::json suppressed = nlohmann::json::array();
  nlohmann::json rows = nlohmann::json::array();
  for (std::size_t at = 0; at < report->rows.size(); ++at) {
    auto const& row = report->rows[at];
    auto json = row_json(row, "/rows/" + std::to_string(at), suppressed);
    json["key"] = row.key;
    json["label"] = row.label;
    rows.push_back(std::move(json));
  }
  nlohmann::json json{{"group_by", word_of(report->group_by)}, {"rows", std::move(rows)}};
  put_frame(json, *report);
  json["suppressed"] = std::move(suppressed);
  return ok(json);
}

}  // namespace kaiku::api
