#include "server/api/value_sheets.hpp"

#include <nlohmann/json.hpp>

#include "schema/codec/json_fields.hpp"
#include "schema/values/faults.hpp"
#include "server/api/replies.hpp"
#include "server/api/report_query.hpp"
#include "server/exports/report_file.hpp"
#include "server/reports/question.hpp"
#include "server/tables/network.hpp"
#include "server/use_cases/save_value_set.hpp"

namespace kaiku::api {
namespace {

using domain::ValueLine;
using nlohmann::json;

constexpr codec::NumberRule years{2010, 2100};
// What a line may say is for the use case, which knows which line it is.
constexpr codec::NumberRule any_number{0, 1'000'000'000'000'000};
constexpr codec::TextRule any_text{.min = 0, .max = use_cases::longest_value_text, .trimmed = true};

json range_json(domain::ValueRange const& range) {
  return {{"low", range.low}, {"base", range.base}, {"high", range.high}};
}

json rows_json(std::vector<domain::ValueRow> const& rows) {
  auto members = json::object();
  for (auto const& row : rows) {
    json line{{"low", nullptr}, {"base", nullptr}, {"high", nullptr}};
    if (row.range) line = range_json(*row.range);
    line["source"] = row.source;
    line["note"] = row.note;
    members[std::string(word_of(row.line))] = std::move(line);
  }
  return members;
}

json set_json(tables::ValueSet const& set) {
  json body{{"value_sheet_id", set.id},
            {"area", nullptr},
            {"year", set.year},
            {"version", set.version},
            {"run", set.run},
            {"saved_at", to_rfc3339(set.saved_at)},
            {"author", set.author.text()},
            {"rows", rows_json(set.rows)}};
  if (set.area) body["area"] = set.area->value;
  return body;
}

json words_json(std::vector<ValueLine> const& lines) {
  auto words = json::array();
  for (auto const line : lines) words.push_back(word_of(line));
  return words;
}

json result_json(reports::ValueReport const& report) {
  auto effects = json::array();
  for (auto const& effect : report.sheet.effects) {
    effects.push_back(
        {{"line", word_of(effect.line)}, {"at_low", effect.at_low}, {"at_high", effect.at_high}});
  }
  json counted{{"active_cards", report.uses.counts.active_cards}};
  for (std::size_t at = 0; at < report.uses.counts.tickets.size(); ++at) {
    counted[std::string(word_of(static_cast<ValueLine>(at)))] = report.uses.counts.tickets[at];
  }
  json body{{"value", range_json(report.sheet.value)},
            {"ratio", nullptr},
            {"sensitivity", std::move(effects)},
            {"counted", std::move(counted)},
            {"at_lower_limit", words_json(report.withheld)},
            {"without_value", words_json(report.not_valued)}};
  if (auto const& ratio = report.sheet.ratio) {
    constexpr double tenths = 10;
    body["ratio"] = {{"low", static_cast<double>(ratio->low) / tenths},
                     {"high", static_cast<double>(ratio->high) / tenths}};
  }
  return body;
}

json body_of(tables::ValueSet const& set, reports::ValueReport const& report) {
  auto body = set_json(set);
  body["result"] = result_json(report);
  return body;
}

use_cases::GivenValue read_line(codec::JsonFields& fields, ValueLine line) {
  use_cases::GivenValue given{.line = line};
  given.low = fields.optional_integer("low", any_number);
  given.base = fields.optional_integer("base", any_number);
  given.high = fields.optional_integer("high", any_number);
  given.source = fields.optional_text("source", any_text).value_or("");
  given.note = fields.optional_text("note", any_text).value_or("");
  fields.finish();  // its faults are those of the whole
  return given;
}

Result<use_cases::GivenValues> read_values(json const& body) {
  Faults faults;
  codec::JsonFields fields(body, faults);
  use_cases::GivenValues given;
  given.year = static_cast<int>(fields.integer("year", years));
  if (auto const area = fields.optional_text("area", {})) {
    given.area = AreaId::parse(*area);
    if (!given.area) fields.fault("area", FaultCode::not_an_area_id);
  }
  if (auto rows = fields.object("rows")) {
    for (std::size_t at = 0; at < domain::value_line_count; ++at) {
      auto const line = static_cast<ValueLine>(at);
      auto row = rows->optional_object(word_of(line));
      if (row) given.lines.push_back(read_line(*row, line));
    }
    rows->finish();
  }
  if (auto const good = fields.finish(); !good) return good.error();
  return given;
}

Result<http::Response> file_of(access::Call const& call, ledger::ReadTx& tx, exports::Format format,
                               std::string_view profile = "") {
  std::vector<std::string_view> known{"sheet", "lang"};
  if (!profile.empty()) known.push_back(profile);
  auto const values = query_values(call, known);
  if (!values) return values.error();
  auto const id = values->at(0) ? number_from(*values->at(0)) : std::nullopt;
  if (!id) return field_error("/sheet", FaultCode::required, "has to be a saved sheet's number");
  Faults faults;
  auto const reader = reader_of(call, values->at(1), faults);
  if (!faults.empty()) return faults.error();
  auto const set = use_cases::read_value_set(tx, *id, reader);
  if (!set) return set.error();
  auto const report = use_cases::value_report_of(tx, *set, reader, call.today());
  if (!report) return report.error();
  auto const area = set->area ? tables::find_area(tx, *set->area) : std::nullopt;
  auto const scope = area ? area->name.in(reader.language) : std::string();
  return file_answer(exports::named_document(reader.language, *report, scope), format);
}

}  // namespace

Result<http::Response> get_value_sheets(access::Call const& call, ledger::ReadTx& tx) {
  auto const values = query_values(call, {"year", "area"});
  if (!values) return values.error();
  auto const year = values->at(0) ? number_from(*values->at(0)) : std::nullopt;
  if (!year || *year < years.min || *year > years.max) {
    return field_error("/year", FaultCode::out_of_range, "has to be a year from 2010 to 2100");
  }
  std::optional<AreaId> area;
  if (auto const& asked = values->at(1)) {
    area = AreaId::parse(*asked);
    if (!area) return field_error("/area", FaultCode::not_an_area_id, "has to be an area's id");
  }
  auto const scope = reports::scope_of(tx, area, false, call.caller());
  if (!scope) return scope.error();
  auto items = json::array();
  for (auto const& set : tables::value_sets_of(tx, scope->area, static_cast<int>(*year))) {
    items.push_back(set_json(set));
  }
  return ok({{"items", std::move(items)}, {"next", nullptr}});
}

Result<http::Response> post_value_sheet(access::Call& call, ledger::WriteTx& tx) {
  auto const& body = call.json();
  if (!body) return body.error();
  auto const given = read_values(*body);
  if (!given) return given.error();
  auto const set = use_cases::save_value_set(tx, *given, call.caller(), call.today());
  if (!set) return set.error();
  auto const report = use_cases::value_report_of(tx, *set, call.caller(), call.today());
  if (!report) return report.error();
  return created(body_of(*set, *report), "/api/v1/reports/value-sheets/" + std::to_string(set->id));
}

Result<http::Response> get_value_sheet(access::Call const& call, ledger::ReadTx& tx) {
  if (auto const values = query_values(call, {}); !values) return values.error();
  auto const id = number_from(call.parameter(0));
  if (!id) return Error(Problem::not_found);
  auto const set = use_cases::read_value_set(tx, *id, call.caller());
  if (!set) return set.error();
  auto const report = use_cases::value_report_of(tx, *set, call.caller(), call.today());
  if (!report) return report.error();
  return ok(body_of(*set, *report));
}

Result<http::Response> get_value_sheet_csv(access::Call const& call, ledger::ReadTx& tx) {
  auto const format = csv_profile(call);
  if (!format) return format.error();
  return file_of(call, tx, *format, "profile");
}
Result<http::Response> get_value_sheet_xlsx(access::Call const& call, ledger::ReadTx& tx) {
  return file_of(call, tx, exports::Format::xlsx);
}
Result<http::Response> get_value_sheet_pdf(access::Call const& call, ledger::ReadTx& tx) {
  return file_of(call, tx, exports::Format::pdf);
}

}  // namespace kaiku::api
