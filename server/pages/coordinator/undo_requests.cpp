#include "server/pages/coordinator/undo_requests.hpp"

#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/coordinator/undo_requests_view.hpp"
#include "server/pages/frame/actor_text.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/pages/frame/tickets_text.hpp"
#include "server/pages/frame/undo_reasons.hpp"
#include "server/use_cases/late_undo.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view path = "/undo-requests";
constexpr int rows_a_page = 50;

UndoRequestRow row_of(ledger::ReadTx& tx, Language language, tables::UndoRequest const& request) {
  UndoRequestRow row;
  row.id = std::to_string(request.id.value);
  row.time = moment_text(language, request.occurred_at);
  row.venue = tables::find_venue(tx, request.venue).value().name;
  if (request.event) {
    row.event = tables::find_event(tx, *request.event).value().title.in(language);
  }
  row.tickets = tickets_text(language, request.tickets);
  row.asker = actor_text(tx, request.asked_by);
  row.asked = moment_text(language, request.asked_at);
  row.reason = undo_reason_text(language, request.reason);
  return row;
}

std::string shown_address(std::string_view request) {
  return std::string(path) + "?request=" + std::string(request);
}

std::string told_at(access::Call const& call, std::string_view address, http::FormPairs told) {
  return with_state(call, address, path, std::move(told));
}

// What was done, or what was wrong with the form that was sent.
void put_outcome(UndoRequestsPage& page, Language language, FormValues const& told) {
  auto const say = [&](Text text) { return std::string(in(language, text)); };
  if (told["done"] == "undone") page.message = say(Text::judged_was_undone);
  if (told["done"] == "kept") page.message = say(Text::undo_request_was_kept);
  if (told["done"] == "before") page.message = say(Text::undo_request_decided);
  if (told["done"] == "late") page.message = say(Text::undo_request_too_late);
  if (told["fault"] == "reason") page.faults = {{"reason", say(Text::undo_reason_fault)}};
}

Result<UndoRequestShown> shown_request(access::Call const& call, ledger::ReadTx& tx,
                                       Language language, UndoRequestId id) {
  auto const request = use_cases::find_visible_undo_request(tx, id, call.caller());
  if (!request) return request.error();
  UndoRequestShown shown{row_of(tx, language, *request), new_form_id(call), request->reason};
  shown.waits = !request->undone;
  return shown;
}

void put_rows(ledger::ReadTx& tx, Language language, std::optional<AreaId> const& area,
              std::optional<std::int64_t> before, UndoRequestsPage& page) {
  std::optional<UndoRequestId> place;
  if (before) place = UndoRequestId{*before};
  auto const count = tables::count_waiting_undo_requests(tx, area);
  page.count = count_text(language, static_cast<std::size_t>(count), Text::undo_requests_one,
                          Text::undo_requests_many);
  auto requests = tables::waiting_undo_requests(tx, area, place, rows_a_page + 1);
  if (requests.size() > rows_a_page) {
    requests.pop_back();
    page.more =
        std::string(path) + "?" +
        encoded({{"area", page.area}, {"before", std::to_string(requests.back().id.value)}});
  }
  for (auto const& request : requests) page.rows.push_back(row_of(tx, language, request));
}

// Where a decision leads; nullopt for what is no matter of this form.
std::optional<http::Response> refusal(access::Call const& call, std::string_view request,
                                      Error const& error) {
  switch (error.problem) {
    case Problem::conflict:
    case Problem::already_undone: return back_to(told_at(call, path, {{"done", "before"}}));
    case Problem::undo_too_late:
      return back_to(told_at(call, shown_address(request), {{"done", "late"}}));
    case Problem::validation_failed:
      return back_to(told_at(call, shown_address(request), {{"fault", "reason"}}));
    default: return std::nullopt;
  }
}

}  // namespace

Result<http::Response> get_undo_requests(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const asked(std::move(*query));
  auto frame = network_frame(call, tx);
  UndoRequestsPage page;
  auto const state = state_of(call, path);
  if (state && state->is_old) frame.notice = in(frame.language, Text::k_old);
  FormValues const told(state && !state->is_old ? state->told : http::FormPairs{});
  put_outcome(page, frame.language, told);
  // A form that was held names its request itself.
  auto const id = asked.number("request") ? asked.number("request") : told.number("request");
  if (id) {
    auto shown = shown_request(call, tx, frame.language, UndoRequestId{*id});
    if (!shown) return shown.error();
    if (!told["reason"].empty()) shown->reason = told["reason"];
    page.shown = *std::move(shown);
    return respond(frame, undo_requests_page(frame, page));
  }
  auto const area = area_asked_for(tx, call.caller(), asked["area"]);
  page.areas = area_choices(tx, call.caller(), frame.language);
  if (call.caller().is_national() && area) page.area = area->value;
  put_rows(tx, frame.language, area, asked.number("before"), page);
  return respond(frame, undo_requests_page(frame, page));
}

Result<http::Response> post_undo_request(access::Call& call, ledger::WriteTx& tx) {
  auto const pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  auto const number = form.number("request");
  bool const undoes = form["act"] == "undo";
  if (!number || (!undoes && form["act"] != "keep")) return Error(Problem::malformed_request);
  UndoRequestId const id{*number};
  return sent_once(call, tx, *pairs, path, [&]() -> Result<FormDone> {
    auto const decided =
        undoes ? use_cases::undo_as_asked(tx, id, std::string(form["reason"]), call.caller())
               : use_cases::refuse_undo(tx, id, call.caller());
    if (decided) {
      std::string const done(undoes ? "undone" : "kept");
      return FormDone{see_other(told_at(call, path, {{"done", done}}))};
    }
    auto refused = refusal(call, form["request"], decided.error());
    if (!refused) return decided.error();
    return FormDone{*std::move(refused)};
  });
}

}  // namespace kaiku::pages
