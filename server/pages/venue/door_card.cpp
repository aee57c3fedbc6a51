#include <algorithm>
#include <array>

#include "schema/contract/beneath_heading.hpp"
#include "server/domain/door_line.hpp"
#include "server/domain/policy.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/tickets_text.hpp"
#include "server/pages/venue/door.hpp"
#include "server/pages/venue/door_act.hpp"
#include "server/pages/venue/door_faults.hpp"
#include "server/use_cases/redeem.hpp"

namespace kaiku::pages {
namespace {

using contract::Answer;
using contract::Decision;
using contract::Tickets;
using use_cases::Checked;
using Kind = domain::DoorLine::Kind;

constexpr int most_tickets = 99;

DoorPanel panel_for(Language language, Answer answer, std::optional<int> quota_left,
                    PanelStyle style) {
  auto const words = contract::words_of(answer, {.quota_left = quota_left}, language);
  return {style,
          words.heading,
          {std::string(contract::beneath_heading(words.staff, words.heading))},
          words.aloud,
          words.closing};
}

// The card as the register has it now; nullopt when it cannot be read, or what is asked is no
// question (no ticket at all).
class Question {
 public:
  Question(access::Call const& call, ledger::ReadTx& tx, DoorDesk const& desk,
           DoorState const& state)
      : call_(call), tx_(tx), desk_(desk), read_(state.read) {}

  std::optional<Checked> about(Tickets const& tickets) const {
    auto const input = contract::parse_card_input(read_);
    if (!input) return std::nullopt;
    contract::CheckRequest request;
    request.card = read_;
    request.venue = desk_.venue.id;
    if (desk_.event) request.event = desk_.event->id;
    request.tickets = tickets;
    auto const checked = use_cases::check_card(tx_, request, *input, call_.caller(), call_.now());
    return checked ? std::optional(*checked) : std::nullopt;
  }

 private:
  access::Call const& call_;
  ledger::ReadTx& tx_;
  DoorDesk const& desk_;
  std::string const& read_;
};

DoorOffer offer_of(Question const& question, Decision const& decision, Language language) {
  DoorOffer offer;
  offer.children_max = decision.children_max;
  offer.assistants = decision.allowed.assistant > 0;
  offer.companion = decision.allowed.companion > 0;
  offer.submit = in(language, Text::venue_give);
  if (offer.children_max > 0) {
    auto const alone = question.about({.child = 1});
    offer.asks_adult = alone && alone->decision.gives();
  }
  return offer;
}

// What a card could get that gets less than was asked, or nothing any more for its adult. Of too
// few places, as much as there is of what was asked: one button that names it.
std::optional<DoorOffer> possible_after(Decision const& decision, Tickets const& asked,
                                        Language language) {
  auto const& most = decision.allowed;
  DoorOffer offer;
  if (decision.answer == Answer::quota_full && most.adult > 0) {
    offer.is_whole = true;
    offer.chosen = {
        .adult = 1,
        .child = std::min(asked.child, most.child),
        .assistant = std::min(asked.assistant, most.assistant),
        .interpreter = std::min(asked.interpreter, most.interpreter),
        .companion = std::min(asked.companion, most.companion),
    };
    int const total = offer.chosen.total();
    offer.submit =
        total == 1 ? std::string(in(language, Text::door_give_one))
                   : fill(language, Text::door_give_many, {{"n", number_text(language, total)}});
    return offer;
  }
  if (most.adult > 0 || most.child == 0) return std::nullopt;
  offer.adult = 0;
  offer.children_max = most.child;
  offer.chosen = {.child = std::clamp(asked.child, 1, most.child)};
  offer.submit = in(language, Text::door_give_children);
  return offer;
}

bool is_fault_of_a_choice(Answer answer) {
  return answer == Answer::children_over_limit || answer == Answer::adult_first ||
         answer == Answer::children_not_on_courses || answer == Answer::community_over_ceiling;
}

void put_decision(DoorCardPage& page, Question const& question, Decision const& decision,
                  Tickets const& asked, Language language) {
  if (decision.gives()) {
    page.offer = offer_of(question, decision, language);
    auto const most = number_text(language, decision.children_max);
    auto const children = decision.children_max > 0
                              ? fill(language, Text::venue_up_to_children, {{"n", most}})
                              : std::string(in(language, Text::venue_no_children));
    page.panel = {PanelStyle::ok,
                  std::string(in(language, Text::venue_valid)),
                  {std::string(in(language, Text::door_looked)) + ". " + children},
                  "",
                  ""};
    return;
  }
  page.panel = panel_for(language, decision.answer, decision.quota_left,
                         decision.may_override ? PanelStyle::warn : PanelStyle::no);
  if (decision.may_override) page.overrule = contract::word_of(decision.answer);
  page.offer = possible_after(decision, asked, language);
  if (page.offer && page.offer->is_whole && page.offer->chosen.total() > 1) {
    page.panel.lines.push_back(tickets_text(language, page.offer->chosen));
  }
  if (decision.used_at) {
    page.panel.lines.push_back(fill(language, Text::door_adult_has_one,
                                    {{"time", clock_text(language, *decision.used_at)}}));
  }
}

void put_fault(DoorCardPage& page, Language language, std::string_view word, int children_max) {
  if (auto text = door_fault(language, word, children_max)) {
    page.faults = {{"next", *std::move(text)}};
  }
}

// What was reserved for the card is filled in, unless somebody has chosen otherwise since.
void put_reservation(DoorCardPage& page, Checked const& checked, DoorState const& state,
                     Language language) {
  if (!checked.reserved || !page.offer) return;
  auto const n = number_text(language, checked.reserved->total());
  page.panel.lines.insert(page.panel.lines.begin(),
                          fill(language, Text::door_reserved, {{"n", n}}));
  if (state.asked || !state.told.empty()) return;
  page.offer->chosen = contract::offered(checked.decision.allowed, *checked.reserved);
}

// The card is looked at as it stands now, then what was asked of it.
void put_card(DoorCardPage& page, Question const& question, DoorState const& state,
              Language language) {
  auto shown = question.about({.adult = 1});
  if (!shown) {
    page.panel = panel_for(language, Answer::unreadable, std::nullopt, PanelStyle::no);
    if (state.told == "two") page.panel.lines = {std::string(in(language, Text::card_two))};
    return;
  }
  bool const is_asked = state.told.empty() && state.asked && state.asked->total() > 0;
  auto const asked = is_asked ? question.about(*state.asked) : std::nullopt;
  bool const is_choice = asked && is_fault_of_a_choice(asked->decision.answer);
  if (asked && !asked->decision.gives() && !is_choice) shown = asked;
  auto const& decision = shown->decision;
  put_decision(page, question, decision, state.asked.value_or(Tickets{.adult = 1}), language);
  if (is_choice) {
    put_fault(page, language, contract::word_of(asked->decision.answer),
              asked->decision.children_max);
  }
  put_fault(page, language, state.told, decision.children_max);
  if (state.asked && page.offer && decision.gives()) page.offer->chosen = *state.asked;
  put_reservation(page, *shown, state, language);
}

std::string short_code(std::string_view read) {
  auto const input = contract::parse_card_input(read);
  return input ? contract::code_of(*input).short_form() : std::string();
}

std::string beside_of(access::Call const& call, DoorDesk const& desk, DoorState const& state) {
  auto const event = desk.event ? event_text(desk, *desk.event, call.today())
                                : std::string(in(desk.frame.language, Text::venue_no_event));
  auto const code = short_code(state.read);
  return code.empty() ? event : event + " · " + code;
}

// The form as it was filled in: digits in the line are children, letters the others.
struct Chosen {
  Tickets tickets;
  char const* fault = "";
};
Chosen chosen_in(FormValues const& form, domain::DoorLine const& line) {
  auto const count = [&](char const* name, int absent) {
    if (form[name].empty()) return absent;
    return static_cast<int>(std::min<std::int64_t>(form.number(name).value_or(0), most_tickets));
  };
  auto const& keys = line.keys;
  int const ticked = count("children", 0);
  Chosen chosen;
  chosen.tickets = {count("adults", 1), keys.children.value_or(ticked),
                    std::max(count("assistant", 0), keys.assistant ? 1 : 0),
                    std::max(count("interpreter", 0), keys.interpreter ? 1 : 0),
                    std::max(count("companion", 0), keys.companion ? 1 : 0)};
  bool const is_offer = !form["offered"].empty();
  if (is_offer && keys.children && ticked > 0 && *keys.children != ticked) {
    chosen.fault = "children_twice";
  } else if (chosen.tickets.total() == 0) {
    chosen.fault = "nothing_chosen";
  }
  return chosen;
}

// What the form asks for: an answer at once, or tickets of the card that lies open, or those of the
// next card in fast mode.
struct Step {
  std::optional<http::Response> answer;
  bool next_card = false;
  Tickets tickets = {};
  std::optional<contract::Override> override = {};
};

// The reason that overrules: a button, or the key of one.
std::string reason_in(FormValues const& form, domain::DoorLine const& line) {
  static constexpr std::array<std::string_view, 4> by_key{"left_and_returned", "scanned_twice",
                                                          "other_person", "known_here"};
  if (!form["reason"].empty()) return std::string(form["reason"]);
  return line.reason == 0 ? std::string()
                          : std::string(by_key[static_cast<std::size_t>(line.reason - 1)]);
}

Step tickets_step(access::Call const& call, DoorForm& sent, domain::DoorLine const& line,
                  bool is_enter) {
  auto const& form = sent.typed;
  auto const again = [&](char const* word, std::optional<Tickets> const& asked) {
    sent.state.told = word;
    sent.state.asked = asked;
    return Step{see_other(address_with(call, door_card_pattern, sent.state))};
  };
  bool const offered = !form["offered"].empty();
  auto const reason = reason_in(form, line);
  auto const overruled = contract::answer_from(form["overrule"]);
  bool const has_nothing = form["adults"].empty() && !offered;
  // The card that lies open is still the one that is meant.
  if (line.kind == Kind::card) {
    return again("not_understood",
                 offered ? std::optional(chosen_in(form, {}).tickets) : std::nullopt);
  }
  if (is_enter && !offered && line.kind == Kind::empty) {
    return Step{see_other(address_of_desk(sent.desk))};
  }
  if (overruled && reason.empty() && has_nothing) return again("reason", std::nullopt);
  if (!overruled && has_nothing) return again("scan_first", std::nullopt);
  auto const chosen = chosen_in(form, line);
  Step step;
  step.tickets = chosen.tickets;
  if (overruled && !reason.empty()) {
    // Children alone need no reason; with one it is the adult that comes in again.
    step.tickets.adult = std::max(1, step.tickets.adult);
    if (!line.keys.children) step.tickets.child = 0;
    step.override = contract::Override{*overruled, reason};
    return step;
  }
  if (*chosen.fault != '\0') return again(chosen.fault, chosen.tickets);
  return step;
}

Result<Step> step_of(access::Call const& call, ledger::ReadTx& tx, DoorForm& sent) {
  auto const& form = sent.typed;
  auto const text = form["next"];
  if (sent.is_old) {
    auto answer = answer_to_late_line(call, tx, sent.desk, text);
    if (!answer) return answer.error();
    return Step{*std::move(answer), true};
  }
  auto const line = domain::parse_door_line(text);
  bool const is_enter = form["give"].empty() && form["reason"].empty();
  auto const since_us = call.now() - sent.state.at;
  if (is_enter && !sent.state.read.empty() && domain::is_bounce(text, sent.state.read, since_us)) {
    if (!form["offered"].empty()) sent.state.asked = chosen_in(form, {}).tickets;
    sent.state.told.clear();
    return Step{see_other(address_with(call, door_card_pattern, sent.state))};
  }
  if (!sent.desk.may_record()) return Step{ask_for_event(call, sent.desk)};
  bool const is_slip = !sent.state.read.empty() && domain::is_slip(text);
  if (line.kind != Kind::card || is_slip) return tickets_step(call, sent, line, is_enter);
  auto desk = desk_of_next(call, tx, sent.desk);
  if (!desk) return desk.error();
  sent.desk = *std::move(desk);
  if (!sent.desk.may_record()) return Step{ask_for_event(call, sent.desk)};
  if (gives_at_once(call, tx, sent.desk, text)) return Step{std::nullopt, true};
  auto const open = short_code(sent.state.read);
  auto const next = short_code(text);
  bool const was_left = !form["offered"].empty() && open != next;
  auto shown = show_card(call, tx, sent.desk, text, was_left ? open : std::string());
  if (!shown) return shown.error();
  return Step{*std::move(shown)};
}

}  // namespace

Result<http::Response> get_door_card(access::Call const& call, ledger::ReadTx& tx) {
  auto const opened = state_of(call, door_card_pattern);
  if (!opened) return see_other(std::string(door_pattern));
  if (opened->is_old) return begin_anew(call, tx);
  auto const state = door_state_from(opened->told);
  auto const desk = open_door_desk(call, tx, state.event, state.fast ? "1" : "0");
  if (!desk) return desk.error();
  // Back to an offer whose ticket was given: that is what there is to see.
  auto const key = key_of_form(state.form_id);
  if (auto const given = tables::find_redemption(tx, call.caller().actor, key)) {
    auto result = state;
    result.uses = {given->id};
    return see_other(address_with(call, door_given_pattern, result));
  }
  if (!desk->venue.active) return see_other(address_of_desk(*desk));
  auto const language = desk->frame.language;
  DoorCardPage page;
  page.form_id = state.form_id;
  page.scan_id = new_form_id(call);
  page.action = address_of(call);
  page.desk = address_of_desk(*desk);
  page.event_id = state.event;
  page.fast = state.fast;
  page.beside = beside_of(call, *desk, state);
  if (!state.before.empty()) {
    page.before = fill(language, Text::door_not_given_before, {{"short", state.before}});
  }
  if (state.told == "many") {
    page.panel = {PanelStyle::no,
                  std::string(in(language, Text::problem_title)),
                  {std::string(in(language, Text::venue_many_misses))},
                  "",
                  ""};
  } else {
    put_card(page, Question(call, tx, *desk, state), state, language);
    if (page.panel.style == PanelStyle::ok) page.panel.message = message_of(*desk);
  }
  return respond(desk->frame, door_card_page(desk->frame, page));
}

Result<std::optional<http::Response>> look_at_door_card(access::Call const& call,
                                                        ledger::ReadTx& tx) {
  auto sent = sent_door_form(call, tx, door_card_pattern);
  if (!sent) return sent.error();
  auto step = step_of(call, tx, *sent);
  if (!step) return step.error();
  return std::move(step->answer);
}

Result<http::Response> post_door_card(access::Call& call, ledger::WriteTx& tx) {
  auto sent = sent_door_form(call, tx, door_card_pattern);
  if (!sent) return sent.error();
  auto step = step_of(call, tx, *sent);
  if (!step) return step.error();
  if (step->answer) return *std::move(step->answer);
  auto const& form = sent->typed;
  auto const& desk = sent->desk;
  if (step->next_card) return give_at_once(call, tx, desk, form["next"], form["scan_id"]);
  auto state = std::move(sent->state);
  state.told.clear();
  return give(call, tx, desk, std::move(state), step->tickets, step->override);
}

}  // namespace kaiku::pages
