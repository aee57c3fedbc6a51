#include <algorithm>

#include "schema/contract/admission.hpp"
#include "server/access/call/card_guesses.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/own_place.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/pages/venue/card_entry.hpp"
#include "server/pages/venue/reservation_words.hpp"
#include "server/pages/venue/reservations.hpp"
#include "server/pages/venue/reservations_view.hpp"
#include "server/tables/event_lists.hpp"
#include "server/use_cases/reserve.hpp"

namespace kaiku::pages {
namespace {

using contract::Answer;

constexpr std::string_view path = "/reservations/new";
constexpr int most_events = 50;
constexpr std::size_t longest_kept = 20;

std::vector<tables::Event> coming_events(access::Call const& call, ledger::ReadTx& tx,
                                         std::optional<EventId> named) {
  tables::EventQuestion question;
  question.venue = call.caller().venues.front();
  question.now = call.now();
  auto events = tables::listed_events(tx, question, std::nullopt, most_events);
  // One that was named stands there too, however far ahead it is.
  bool const is_listed = !named || std::ranges::count(events, *named, &tables::Event::id) > 0;
  auto const far = is_listed ? std::nullopt : tables::find_event(tx, *named);
  if (far && far->venue == *question.venue && far->ends_at > call.now()) events.push_back(*far);
  std::erase_if(events, [](tables::Event const& event) { return event.cancelled; });
  return events;
}

std::optional<EventId> event_named(std::optional<std::int64_t> number) {
  return number ? std::optional(EventId{*number}) : std::nullopt;
}

// "17.30" on the day of the event, or "22.11. 17.30".
std::optional<Instant> hold_end_from(std::string_view typed, tables::Event const& event) {
  auto const cut = typed.rfind(' ');
  bool const has_day = cut != std::string_view::npos;
  auto const of_event = helsinki_day(event.starts_at);
  auto const day =
      has_day ? day_from_typed(typed.substr(0, cut), of_event) : std::optional<Day>(of_event);
  auto const clock = clock_minutes_from_typed(has_day ? typed.substr(cut + 1) : typed);
  if (!day || !clock) return std::nullopt;
  return instant_at(*day, *clock);
}

struct Draft {
  use_cases::ReservationRequest request;
  PageFaults faults;
};
// What was typed beside the card.
Draft draft_of(access::Call const& call, std::vector<tables::Event> const& events,
               FormValues const& typed, Language language) {
  Draft draft;
  auto const add = [&](char const* field, Text text) {
    draft.faults.push_back({field, std::string(in(language, text))});
  };
  draft.request.venue = call.caller().venues.front();
  auto const id = typed.number("event");
  auto const event = std::ranges::find(events, EventId{id.value_or(0)}, &tables::Event::id);
  if (event == events.end()) {
    add("event", Text::reserve_choose_event);
  } else {
    draft.request.event = event->id;
    auto const until = typed["until"].empty() ? use_cases::usual_end_of_hold(*event, call.now())
                                              : hold_end_from(typed["until"], *event);
    if (holds_identity_code(typed, "until"))
      add("until", Text::fault_identity_code);
    else if (!until)
      add("until", Text::event_time_fault);
    else if (*until <= call.now())
      add("until", Text::reserve_until_past);
    draft.request.until = until.value_or(Instant{});
  }
  auto const children = typed["children"].empty() ? 0 : typed.number("children");
  if (holds_identity_code(typed, "children"))
    add("children", Text::fault_identity_code);
  else if (!children || *children > contract::most_children)
    add("children", Text::fault_children);
  draft.request.tickets.child = static_cast<int>(children.value_or(0));
  draft.request.tickets.companion = typed["companion"] == "1" ? 1 : 0;
  if (auto const replaced = typed.number("replaces")) {
    draft.request.replaces = ReservationId{*replaced};
  }
  return draft;
}

// What goes along in the address: what was typed, and what was wrong with the card.
http::FormPairs told_of(FormValues const& form, CardEntry const& card) {
  http::FormPairs told{{"sent", "1"}, {"card", card.text}, {"card_fault", card.fault}};
  for (auto const* name : {"event", "children", "companion", "until"}) {
    keep_typed(told, form, name, longest_kept);
  }
  return told;
}

// Where a decision is told: at what somebody could choose otherwise.
char const* field_of(std::string_view word) {
  auto const answer = contract::answer_from(word);
  bool const is_of_children =
      answer == Answer::children_over_limit || answer == Answer::children_not_on_courses ||
      answer == Answer::community_over_ceiling || answer == Answer::quota_full;
  if (is_of_children) return "children";
  return answer == Answer::event_cancelled || answer == Answer::event_over ? "event" : "card";
}

struct Refusal {
  std::string word;
  std::int64_t number = 0;    // in its words
  std::int64_t replaces = 0;  // the reservation that may be changed
};
// What came of it: the reservation, or why there is none. A miss is counted.
Result<std::variant<ReservationId, Refusal>> reserve(access::Call& call, ledger::WriteTx& tx,
                                                     Draft const& draft,
                                                     contract::CardInput const& card) {
  using Outcome = std::variant<ReservationId, Refusal>;
  auto const answer = use_cases::reserve(tx, draft.request, card, call.caller());
  if (!answer) {
    auto const problem = answer.error().problem;
    if (problem == Problem::unreadable) return Outcome(Refusal{"unreadable"});
    if (problem == Problem::validation_failed) return Outcome(Refusal{"choices"});
    return answer.error();
  }
  if (auto const* already = std::get_if<use_cases::ReservedAlready>(&*answer)) {
    auto const& standing = already->standing;
    return Outcome(Refusal{"reserved_already", standing.tickets.total(), standing.id.value});
  }
  if (auto const* decision = std::get_if<contract::Decision>(&*answer)) {
    if (decision->answer == Answer::unknown_card) {
      access::note_miss(call, card, draft.request.venue);
    }
    bool const is_full = decision->answer == Answer::quota_full;
    auto const number = is_full ? decision->quota_left.value_or(0) : decision->children_max;
    return Outcome(Refusal{std::string(contract::word_of(decision->answer)), number});
  }
  return Outcome(std::get<use_cases::Held>(*answer).reservation.id);
}

void put_typed(NewReservationPage& page, FormValues const& typed) {
  page.event = typed["event"];
  page.card = shown_again(typed["card"]);
  if (!typed["children"].empty()) page.children = typed["children"];
  page.companion = typed["companion"] == "1";
  page.until = typed["until"];
  if (typed["replaces"] != "0") page.replaces = typed["replaces"];
}

// The card as it stands in the field; [change] takes the one that was read before.
std::string_view card_in(FormValues const& form, FormValues const& before) {
  auto const typed = scanned(form, "card");
  return typed.empty() && !form["replaces"].empty() ? before["card"] : typed;
}

Result<FormDone> hold(access::Call& call, ledger::WriteTx& tx, FormValues const& form,
                      FormValues const& before) {
  if (is_at_closed_place(call, tx)) return FormDone{see_other(std::string(reservations_path))};
  auto const draft = draft_of(call, coming_events(call, tx, event_named(form.number("event"))),
                              form, Language::fi);
  auto card = card_entry_of(call, card_in(form, before), draft.request.venue);
  if (!draft.faults.empty() || !card.fault.empty()) {
    return FormDone{back_to(with_state(call, path, path, told_of(form, card)))};
  }
  auto const outcome = reserve(call, tx, draft, *card.input);
  if (!outcome) return outcome.error();
  if (auto const* made = std::get_if<ReservationId>(&*outcome)) {
    return FormDone{
        see_other(with_state(call, reservations_path, reservations_path,
                             {{"act", "made"}, {"reservation", std::to_string(made->value)}}))};
  }
  auto const& refusal = std::get<Refusal>(*outcome);
  card.fault = refusal.word;
  auto told = told_of(form, card);
  told.emplace_back("number", std::to_string(refusal.number));
  told.emplace_back("replaces", std::to_string(refusal.replaces));
  return FormDone{back_to(with_state(call, path, path, told))};
}

}  // namespace

Result<http::Response> get_new_reservation(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  if (call.caller().venues.empty()) return Error(Problem::forbidden);
  if (is_at_closed_place(call, tx)) return see_other(std::string(reservations_path));
  auto frame = frame_at_place(call, tx, address_of(call));
  auto const language = frame.language;
  auto const state = state_of(call, path);
  if (state && state->is_old) frame.notice = in(language, Text::k_old);
  FormValues const typed(state && !state->is_old ? state->told : http::FormPairs{});
  auto const named = typed["event"].empty() ? values.number("event") : typed.number("event");
  auto const events = coming_events(call, tx, event_named(named));
  NewReservationPage page;
  page.form_id = new_form_id(call);
  page.action = state && !state->is_old && !state->is_held ? address_of(call) : std::string(path);
  for (auto const& event : events) {
    page.events.push_back(
        {std::to_string(event.id.value), reserved_event_text(call, language, event)});
  }
  page.event = values["event"];
  if (events.size() == 1) page.event = std::to_string(events.front().id.value);
  if (state && !state->is_old) put_typed(page, typed);
  if (typed["sent"] == "1") {
    page.faults = draft_of(call, events, typed, language).faults;
    auto const word = typed["card_fault"];
    if (auto fault = card_entry_fault(language, word, typed.number("number").value_or(0))) {
      page.faults.push_back({field_of(word), *std::move(fault)});
    }
  }
  return respond(frame, new_reservation_page(frame, page));
}

Result<http::Response> post_new_reservation(access::Call& call, ledger::WriteTx& tx) {
  return box_office_form(call, tx, path, [&](FormValues const& form, FormValues const& before) {
    return hold(call, tx, form, before);
  });
}

}  // namespace kaiku::pages
