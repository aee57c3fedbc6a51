#include "server/pages/coordinator/value_sheet.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "server/domain/report_run.hpp"
#include "server/exports/report_file.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/coordinator/value_form.hpp"
#include "server/pages/coordinator/value_sheet_view.hpp"
#include "server/pages/frame/actor_text.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/saved_file.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/reports/question.hpp"
#include "server/use_cases/save_value_set.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view path = "/figures/value";

std::string address_of_set(std::int64_t id) {
  return std::string(path) + "?sheet=" + std::to_string(id);
}

std::string form_address(std::string_view year, std::string_view area) {
  auto address = std::string(path) + "?year=" + http::percent_encode(year);
  return area.empty() ? address : address + "&area=" + http::percent_encode(area);
}

// Which sheet is asked for.
struct Asked {
  std::vector<int> years;  // settled, the newest first
  int year = 0;
  std::optional<AreaId> area;
  std::optional<tables::ValueSet> set;  // named by its number
};

Result<Asked> asked_for(access::Call const& call, ledger::ReadTx& tx, FormValues const& values) {
  Asked asked;
  asked.years = reports::RunsAsked(tables::list_runs(tx)).settled_years();
  std::ranges::sort(asked.years, std::greater<>());
  asked.area = area_asked_for(tx, call.caller(), values["area"]);
  if (!asked.years.empty()) asked.year = asked.years.front();
  if (auto const year = values.number("year")) {
    auto const found = std::ranges::find(asked.years, *year);
    if (found != asked.years.end()) asked.year = *found;
  }
  if (values["sheet"].empty()) return asked;
  auto set = use_cases::read_value_set(tx, values.number("sheet").value_or(0), call.caller());
  if (!set) return set.error();
  asked.year = set->year;
  asked.area = set->area;
  asked.set = *std::move(set);
  return asked;
}

std::string scope_name(ledger::ReadTx& tx, std::optional<AreaId> const& area, Language language) {
  return area ? area_name(tx, *area, language) : std::string();
}

// Those of the sheet's area and year; gives the one that is shown.
std::optional<tables::ValueSet> put_versions(ledger::ReadTx& tx, Asked const& asked,
                                             ValueSheetPage& page, Language language) {
  auto sets = tables::value_sets_of(tx, asked.area, asked.year);
  if (sets.empty()) return std::nullopt;
  auto const shown = asked.set ? asked.set->id : sets.front().id;
  for (auto const& set : sets) {
    page.versions.push_back({set.id == shown ? std::string() : address_of_set(set.id),
                             fill(language, Text::value_sheet_version,
                                  {{"version", std::to_string(set.version)},
                                   {"moment", moment_text(language, set.saved_at)},
                                   {"author", actor_text(tx, set.author)}})});
  }
  return asked.set ? asked.set : sets.front();
}

// Without a saved one: what the events of the year say.
http::FormPairs put_start(ledger::ReadTx& tx, Asked const& asked, ValueSheetPage& page,
                          Language language) {
  auto const start = use_cases::starting_values(tx, asked.area, asked.year);
  std::int64_t events = 0;
  for (auto const of_sector : start.events) events += of_sector;
  if (events > 0) {
    page.start = fill(language, Text::value_sheet_events, {{"n", number_text(language, events)}});
  }
  return value_fields_of(start.rows);
}

void put_choices(access::Call const& call, ledger::ReadTx& tx, Asked const& asked,
                 ValueSheetPage& page, Language language) {
  for (auto const year : asked.years) {
    page.years.push_back({std::to_string(year), std::to_string(year)});
  }
  page.year = std::to_string(asked.year);
  page.areas = area_choices(tx, call.caller(), language);
  if (asked.area && call.caller().is_national()) page.area = asked.area->value;
}

Result<reports::ReportDocument> document_of(access::Call const& call, ledger::ReadTx& tx,
                                            tables::ValueSet const& set, Language language) {
  auto const report = use_cases::value_report_of(tx, set, call.caller(), call.today());
  if (!report) return report.error();
  return exports::named_document(language, *report, scope_name(tx, set.area, language));
}

void put_typed(access::Call const& call, Frame& frame, ValueSheetPage& page) {
  auto const state = state_of(call, path);
  if (!state) return;
  if (state->is_old) {
    frame.notice = in(frame.language, Text::k_old);
    return;
  }
  FormValues told(state->told);
  if (told["done"] == "saved") {
    page.was_saved = true;
    return;
  }
  if (!state->is_held) page.faults = read_values(told, frame.language).faults;
  page.typed = std::move(told);
}

}  // namespace

Result<http::Response> get_value_sheet(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  auto const asked = asked_for(call, tx, FormValues(std::move(*query)));
  if (!asked) return asked.error();
  auto frame = network_frame(call, tx, asked->area);
  auto const language = frame.language;
  ValueSheetPage page;
  put_choices(call, tx, *asked, page, language);
  if (asked->years.empty()) {
    page.published_on = domain::next_settlement(call.today());
    return respond(frame, value_sheet_page(frame, page));
  }
  auto const set = put_versions(tx, *asked, page, language);
  if (set) {
    auto document = document_of(call, tx, *set, language);
    if (!document) return document.error();
    page.document = *std::move(document);
    page.file_address = std::string(path) + "/file?sheet=" + std::to_string(set->id) + "&as=";
  }
  page.typed = FormValues(set ? value_fields_of(set->rows) : put_start(tx, *asked, page, language));
  put_typed(call, frame, page);
  page.form_id = new_form_id(call);
  return respond(frame, value_sheet_page(frame, page));
}

Result<http::Response> post_value_sheet(access::Call& call, ledger::WriteTx& tx) {
  auto const pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  auto const fresh = form_address(form["year"], form["area"]);
  return sent_once(call, tx, *pairs, fresh, [&]() -> Result<FormDone> {
    auto read = read_values(form, language_of(call));
    if (!read.faults.empty()) {
      return FormDone{back_to(with_state(call, fresh, path, kept_value_fields(form)))};
    }
    auto const area = AreaId::parse(form["area"]);
    if (!area && !form["area"].empty()) return Error(Problem::malformed_request);
    use_cases::GivenValues given{.year = static_cast<int>(form.number("year").value_or(0)),
                                 .area = area,
                                 .lines = std::move(read.lines)};
    auto const set = use_cases::save_value_set(tx, given, call.caller(), call.today());
    if (!set) return set.error();
    return FormDone{
        see_other(with_state(call, address_of_set(set->id), path, {{"done", "saved"}}))};
  });
}

Result<http::Response> get_value_sheet_file(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  auto const format = exports::format_from(values["as"]);
  if (!format) return Error(Problem::not_found);
  auto const set = use_cases::read_value_set(tx, values.number("sheet").value_or(0), call.caller());
  if (!set) return set.error();
  auto const document = document_of(call, tx, *set, network_frame(call, tx).language);
  if (!document) return document.error();
  return file_response(
      exports::file_name(*document, *format), exports::media_type_of(*format),
      [document = *document, format] { return exports::file_bytes(document, *format); });
}

}  // namespace kaiku::pages
