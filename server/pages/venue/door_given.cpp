#include "server/domain/door_line.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/venue/door.hpp"
#include "server/pages/venue/door_act.hpp"
#include "server/pages/venue/door_faults.hpp"
#include "server/use_cases/redeem.hpp"

namespace kaiku::pages {
namespace {

using Kind = domain::DoorLine::Kind;

// The uses of the address that are this venue's.
std::vector<tables::Redemption> uses_of(ledger::ReadTx& tx, DoorDesk const& desk,
                                        DoorState const& state) {
  std::vector<tables::Redemption> uses;
  for (auto const id : state.uses) {
    auto use = tables::find_redemption(tx, id);
    if (use && use->venue == desk.venue.id) uses.push_back(*std::move(use));
  }
  return uses;
}

DoorPanel panel_of(Language language, std::string_view told, bool is_undone) {
  auto const text = [&](Text key) { return std::string(in(language, key)); };
  DoorPanel panel{PanelStyle::no, text(Text::problem_title), {}, "", ""};
  if (told == "late") {
    panel.lines = {text(Text::venue_undo_late)};
  } else if (told == "already" || (is_undone && told != "undone")) {
    panel.title = text(Text::venue_undone);
    panel.lines = {text(Text::venue_undo_already)};
  } else if (told == "used") {
    panel.lines = {text(Text::venue_form_used)};
  } else if (told == "undone") {
    panel.style = PanelStyle::ok;
    panel.title = text(Text::venue_undone);
    panel.lines = {text(Text::venue_undone_text)};
  } else {
    panel.style = PanelStyle::ok;
    panel.title = text(Text::venue_given);
    panel.lines = {text(Text::venue_ticket_text)};
    if (told == "same") panel.lines.insert(panel.lines.begin(), text(Text::door_same_scan));
  }
  return panel;
}

// One in the list of another page comes without a state.
bool undoes(FormValues const& form) { return form["act"] == "undo"; }

enum class Gives : std::uint8_t { nothing, card, keys };
struct Step {
  std::optional<http::Response> answer;
  Gives gives = Gives::nothing;
};

Result<Step> step_of(access::Call const& call, ledger::ReadTx& tx, DoorForm& sent) {
  auto const& form = sent.typed;
  auto const& desk = sent.desk;
  auto& state = sent.state;
  if (undoes(form)) return Step{};
  if (sent.is_old) {
    auto answer = answer_to_late_line(call, tx, sent.desk, form["card"]);
    if (!answer) return answer.error();
    return Step{*std::move(answer), Gives::card};
  }
  if (!desk.may_record()) return Step{ask_for_event(call, desk)};
  auto const told = [&](std::string_view word) {
    state.told = word;
    return Step{see_other(address_with(call, door_given_pattern, state))};
  };
  auto const text = form["card"];
  auto const line = domain::parse_door_line(text);
  auto const since_us = call.now() - state.at;
  auto const uses = uses_of(tx, desk, state);
  bool const is_live =
      desk.fast && !uses.empty() && !uses.front().undone_seq && !state.read.empty();
  if (is_live && domain::is_same_scan(text, state.read, since_us)) {
    state.at = call.now();  // each repetition begins the time anew
    return told("same");
  }
  if (is_live && domain::is_bounce(text, state.read, since_us)) return told("");
  if (line.kind == Kind::empty) return told("");
  if (line.kind == Kind::keys) {
    bool const adds = is_live && line.reason == 0 && since_us < domain::keys_add_us;
    return adds ? Step{std::nullopt, Gives::keys} : told("scan_first");
  }
  if (domain::is_slip(text)) return told("not_understood");
  // What is no card leaves the ticket on the page: it may still have to be undone or added to.
  if (auto const word = unreadable_word(text); !word.empty()) return told(word);
  auto next = desk_of_next(call, tx, desk);
  if (!next) return next.error();
  sent.desk = *std::move(next);
  if (!desk.may_record()) return Step{ask_for_event(call, desk)};
  if (gives_at_once(call, tx, desk, text)) return Step{std::nullopt, Gives::card};
  auto shown = show_card(call, tx, desk, text);
  if (!shown) return shown.error();
  return Step{*std::move(shown)};
}

Result<http::Response> undo(access::Call& call, ledger::WriteTx& tx, DoorForm const& sent) {
  RedemptionId const id{sent.typed.number("redemption").value_or(0)};
  auto state = state_at(sent.desk);
  state.at = call.now();
  state.uses = {id};
  auto const undone = use_cases::undo_redemption(tx, id, "mistake", call.caller());
  state.told = "undone";
  if (!undone) {
    auto const problem = undone.error().problem;
    if (problem != Problem::already_undone && problem != Problem::undo_too_late) {
      return undone.error();
    }
    state.told = problem == Problem::already_undone ? "already" : "late";
  }
  return see_other(address_with(call, door_given_pattern, state));
}

}  // namespace

Result<http::Response> get_door_given(access::Call const& call, ledger::ReadTx& tx) {
  auto const opened = state_of(call, door_given_pattern);
  if (!opened) return see_other(std::string(door_pattern));
  if (opened->is_old) return begin_anew(call, tx);
  auto const state = door_state_from(opened->told);
  auto const desk = open_door_desk(call, tx, state.event, state.fast ? "1" : "0");
  if (!desk) return desk.error();
  auto const language = desk->frame.language;
  auto const uses = uses_of(tx, *desk, state);
  if (uses.empty()) return see_other(address_of_desk(*desk));
  DoorGivenPage page;
  page.form_id = new_form_id(call);
  page.action = address_of(call);
  page.desk = address_of_desk(*desk);
  page.event_id = state.event;
  page.fast = state.fast;
  page.panel = panel_of(language, state.told, uses.front().undone_seq.has_value());
  bool const stands = page.panel.style == PanelStyle::ok && !uses.front().undone_seq;
  if (stands) page.panel.message = message_of(*desk);
  page.panel.lines.push_back(desk->event ? event_text(*desk, *desk->event, call.today())
                                         : std::string(in(language, Text::venue_no_event)));
  for (auto const& use : uses) page.tickets.push_back(given_row(call, tx, language, use));
  int const children_max = state.asked ? state.asked->child : 0;
  if (auto fault = door_fault(language, state.told, children_max)) {
    page.faults = {{"card", *std::move(fault)}};
  }
  return respond(desk->frame, door_given_page(desk->frame, page));
}

Result<std::optional<http::Response>> look_at_door_given(access::Call const& call,
                                                         ledger::ReadTx& tx) {
  auto sent = sent_door_form(call, tx, door_given_pattern);
  if (!sent) return sent.error();
  auto step = step_of(call, tx, *sent);
  if (!step) return step.error();
  return std::move(step->answer);
}

Result<http::Response> post_door_given(access::Call& call, ledger::WriteTx& tx) {
  auto sent = sent_door_form(call, tx, door_given_pattern);
  if (!sent) return sent.error();
  auto step = step_of(call, tx, *sent);
  if (!step) return step.error();
  if (step->answer) return *std::move(step->answer);
  auto const& form = sent->typed;
  auto const& desk = sent->desk;
  auto& state = sent->state;
  if (undoes(form)) return undo(call, tx, *sent);
  if (step->gives == Gives::card) {
    return give_at_once(call, tx, desk, form["card"], form["form_id"]);
  }
  auto const keys = domain::parse_door_line(form["card"]).keys;
  contract::Tickets const more{0, keys.children.value_or(0), keys.assistant ? 1 : 0,
                               keys.interpreter ? 1 : 0, keys.companion ? 1 : 0};
  if (more.total() == 0) return back_to(address_with(call, door_given_pattern, state));
  return add(call, tx, desk, std::move(state), more, form["form_id"]);
}

}  // namespace kaiku::pages
