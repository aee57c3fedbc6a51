#include "server/pages/venue/late_undo.hpp"

#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/own_place.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/pages/frame/tickets_text.hpp"
#include "server/pages/venue/late_undo_view.hpp"
#include "server/tables/network.hpp"
#include "server/use_cases/late_undo.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view form_path = "/undo-requests/new";

std::string form_address(access::Call const& call, std::string_view use, std::string_view fault) {
  return with_state(call, form_path, form_path,
                    {{"use", std::string(use)}, {"fault", std::string(fault)}});
}

std::string day_told(access::Call const& call, std::string_view word) {
  return with_state(call, venue_pattern, venue_pattern, {{"undo", std::string(word)}});
}

// Why there is nothing to ask for, as the day's page tells it; empty for a fault of the form.
std::string_view word_of(Error const& error) {
  switch (error.problem) {
    case Problem::conflict: return "already";
    case Problem::already_undone: return "undone";
    case Problem::undo_too_late: return "late";
    default: return {};
  }
}

}  // namespace

void put_late_undo(access::Call const& call, ledger::ReadTx& tx, Language language,
                   tables::Redemption const& use, GivenRow& row) {
  if (auto const request = tables::undo_request_of(tx, use.id)) {
    row.undone = false;
    row.standing = in(language, !request->undone   ? Text::undo_asked
                                : *request->undone ? Text::judged_undone
                                                   : Text::undo_refused);
    return;
  }
  if (!use_cases::undo_to_ask_for(tx, use.id, call.caller(), call.now())) return;
  row.ask = form_address(call, std::to_string(use.id.value), "");
}

std::string_view late_undo_notice(Language language, std::string_view told) {
  if (told == "asked") return in(language, Text::undo_was_asked);
  if (told == "already") return in(language, Text::undo_asked_already);
  if (told == "undone") return in(language, Text::venue_undo_already);
  if (told == "late") return in(language, Text::undo_request_too_late);
  return {};
}

Result<http::Response> get_new_undo_request(access::Call const& call, ledger::ReadTx& tx) {
  auto const state = state_of(call, form_path);
  if (!state || state->is_old) return see_other(state ? "/venue?k=old" : "/venue");
  FormValues const told(state->told);
  auto const id = RedemptionId{told.number("use").value_or(0)};
  auto const use = use_cases::undo_to_ask_for(tx, id, call.caller(), call.now());
  if (!use) {
    auto const word = word_of(use.error());
    if (word.empty()) return use.error();
    return see_other(day_told(call, word));
  }
  auto const frame = frame_at_place(call, tx, address_of(call));
  LateUndoPage page;
  page.form_id = new_form_id(call);
  page.use = std::to_string(id.value);
  page.time = moment_text(frame.language, use->occurred_at);
  page.card_short = use->card ? tables::code_of(tx, *use->card).short_form() : "–";
  if (use->event) page.event = tables::find_event(tx, *use->event).value().title.in(frame.language);
  page.tickets = tickets_text(frame.language, use->tickets);
  page.reason = told["reason"];
  if (told["fault"] == "reason") {
    page.faults = {{"reason", std::string(in(frame.language, Text::undo_ask_reason_fault))}};
  }
  return respond(frame, late_undo_page(frame, page));
}

Result<http::Response> post_new_undo_request(access::Call& call, ledger::WriteTx& tx) {
  auto const pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  auto const id = form.number("use");
  if (!id) return Error(Problem::malformed_request);
  return sent_once(call, tx, *pairs, venue_pattern, [&]() -> Result<FormDone> {
    std::string const reason(form["reason"]);
    auto const asked = use_cases::ask_undo(tx, RedemptionId{*id}, reason, call.caller());
    if (asked) return FormDone{see_other(day_told(call, "asked"))};
    if (asked.error().problem == Problem::validation_failed) {
      return FormDone{back_to(form_address(call, form["use"], "reason"))};
    }
    auto const word = word_of(asked.error());
    if (word.empty()) return asked.error();
    return FormDone{back_to(day_told(call, word))};
  });
}

}  // namespace kaiku::pages
