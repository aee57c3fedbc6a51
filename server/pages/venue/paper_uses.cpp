#include "server/pages/venue/paper_uses.hpp"

#include <algorithm>
#include <array>

#include "schema/contract/admission.hpp"
#include "schema/contract/undo.hpp"
#include "schema/values/ascii.hpp"
#include "server/access/call/card_guesses.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/own_place.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/pages/frame/tickets_text.hpp"
#include "server/pages/frame/verdict_text.hpp"
#include "server/pages/venue/card_entry.hpp"
#include "server/pages/venue/paper_uses_view.hpp"
#include "server/tables/network.hpp"
#include "server/use_cases/record_paper_use.hpp"
#include "server/use_cases/redeem.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view path = "/paper-uses";
constexpr std::size_t longest_kept = 2;
constexpr std::size_t longest_named = 20;
constexpr std::size_t rows_a_page = 20;  // the page is drawn anew at each row
constexpr std::array<char const*, 5> typed_names{"children", "adults", "assistant", "interpreter",
                                                 "companion"};

// "ABCD-EFGH-JKLM 2": a code with its children behind it.
struct CardLine {
  std::string_view card;
  std::optional<std::int64_t> children = {};
};
CardLine card_line(std::string_view text) {
  auto const cut = text.rfind(' ');
  if (cut == std::string_view::npos || contract::parse_card_input(text)) return {text};
  auto const tail = text.substr(cut + 1);
  bool const is_number = tail.size() <= longest_kept && ascii::is_digits(tail);
  auto const head = text.substr(0, cut);
  if (!is_number || !contract::parse_card_input(head)) return {text};
  return {head, FormValues({{"n", std::string(tail)}}).number("n")};
}

std::optional<Text> day_fault(std::optional<Day> day, Day today) {
  if (!day) return Text::event_day_fault;
  auto const fault = use_cases::paper_day_fault(*day, today);
  if (!fault) return std::nullopt;
  return *fault == use_cases::PaperDayFault::in_future ? Text::paper_day_future
                                                       : Text::paper_day_old;
}

std::vector<tables::Event> events_of_day(ledger::ReadTx& tx, VenueId venue, Day day) {
  auto events = tables::events_at_door(tx, venue, start_of(day), start_of(day + 1));
  std::erase_if(events, [](tables::Event const& event) { return event.cancelled; });
  return events;
}

std::optional<EventId> event_from(std::string_view text) {
  auto const id = FormValues({{"n", std::string(text)}}).number("n");
  return id && *id > 0 ? std::optional(EventId{*id}) : std::nullopt;
}

PaperRow row_of(access::Call const& call, ledger::ReadTx& tx, Language language,
                tables::Redemption const& use) {
  PaperRow row;
  row.id = std::to_string(use.id.value);
  row.card_short = use.card ? tables::code_of(tx, *use.card).short_form() : "–";
  row.tickets = tickets_text(language, use.tickets);
  row.verdict = verdict_text(language, use.verdict.value_or("fine"));
  row.undone = use.undone_seq.has_value();
  auto const recorded = tables::recorded_at_of(tx, use.id.value).value();
  row.undoable = !row.undone && use.actor == call.caller().actor &&
                 contract::may_be_undone(recorded, call.now());
  return row;
}

void put_typed(PaperPage& page, FormValues const& typed) {
  page.typed.card = shown_again(typed["card"]);
  if (!typed["children"].empty()) page.typed.children = typed["children"];
  if (!typed["line"].empty()) page.typed.children = typed["line"];
  if (!typed["adults"].empty()) page.typed.adults = typed["adults"];
  page.typed.assistant = typed["assistant"] == "1";
  page.typed.interpreter = typed["interpreter"] == "1";
  page.typed.companion = typed["companion"] == "1";
}

struct Counts {
  contract::Tickets tickets;
  PageFaults faults;
};
// `line`: the number behind the code, where there is one.
Counts counts_of(FormValues const& typed, std::optional<std::int64_t> line, Language language) {
  Counts counts;
  auto const number = [&](char const* name, std::int64_t absent) {
    auto const value = typed[name].empty() ? absent : typed.number(name).value_or(-1);
    bool const is_code = holds_identity_code(typed, name);
    if (is_code || value < 0 || value > contract::most_of_a_community) {
      auto const text = is_code ? Text::fault_identity_code : Text::paper_count_fault;
      counts.faults.push_back({name, std::string(in(language, text))});
    }
    return static_cast<int>(std::clamp<std::int64_t>(value, 0, contract::most_of_a_community));
  };
  auto const flag = [&](char const* name) { return typed[name] == "1" ? 1 : 0; };
  auto const children = number("children", 0);
  counts.tickets = {number("adults", 1), children, flag("assistant"), flag("interpreter"),
                    flag("companion")};
  if (line && children > 0 && *line != children) {
    counts.faults.push_back({"children", std::string(in(language, Text::door_children_twice))});
  }
  if (line) counts.tickets.child = static_cast<int>(*line);
  if (counts.tickets.total() == 0) {
    counts.faults.push_back({"adults", std::string(in(language, Text::door_nothing_chosen))});
  }
  return counts;
}

// The form that a row belongs to, as an address carries it.
http::FormPairs form_named_in(FormValues const& form) {
  return {{"day", std::string(form["day"].substr(0, longest_named))},
          {"event", std::string(form["event"].substr(0, longest_named))}};
}

http::FormPairs told_of(FormValues const& form, CardEntry const& card,
                        std::optional<std::int64_t> line) {
  auto told = form_named_in(form);
  told.insert(told.end(), {{"sent", "1"}, {"card", card.text}, {"card_fault", card.fault}});
  if (line) told.emplace_back("line", std::to_string(*line));
  for (auto const* name : typed_names) keep_typed(told, form, name, longest_kept);
  return told;
}

// The news of a row, as it stands now.
void put_news(PaperPage& page, access::Call const& call, ledger::ReadTx& tx, Language language,
              FormValues const& told) {
  auto const act = told["act"];
  if (act != "recorded" && act != "undone" && act != "gone") return;
  auto const id = told.number("redemption");
  auto const use = id ? tables::find_redemption(tx, RedemptionId{*id}) : std::nullopt;
  if (!use || !call.caller().stands_at(use->venue)) return;
  if (act == "gone" && !use->undone_seq) {
    page.news = in(language, Text::paper_undo_gone);
    page.is_done = false;
    return;
  }
  auto const row = row_of(call, tx, language, *use);
  page.news = fill(language, row.undone ? Text::paper_undone : Text::paper_done,
                   {{"card", row.card_short}, {"tickets", row.tickets}});
}

void put_faults(PaperPage& page, FormValues const& typed, Language language) {
  if (typed["sent"] != "1") return;
  if (page.event.empty()) {
    page.faults.push_back({"event", std::string(in(language, Text::reserve_choose_event))});
  }
  auto const word = typed["card_fault"];
  if (auto fault = card_entry_fault(language, word)) {
    page.faults.push_back({"card", *std::move(fault)});
  }
  if (word == "unknown") page.ask = PaperAsk::unknown;
  if (word == "twice") page.ask = PaperAsk::twice;
  auto const counts = counts_of(typed, typed.number("line"), language);
  page.faults.insert(page.faults.end(), counts.faults.begin(), counts.faults.end());
}

// What the form has told so far, the last rows first; `before`: those earlier than one.
void put_rows(PaperPage& page, access::Call const& call, ledger::ReadTx& tx, Language language,
              Day day, std::optional<std::int64_t> before) {
  auto const venue = call.caller().venues.front();
  for (auto const& use : tables::paper_uses(tx, venue, day, event_from(page.event))) {
    if (!use.undone_seq) ++page.count;
    if (before && use.id.value >= *before) continue;
    if (page.rows.size() < rows_a_page) {
      page.rows.push_back(row_of(call, tx, language, use));
    } else if (page.earlier.empty()) {
      page.earlier = std::string(path) + "?day=" + page.day_value + "&event=" + page.event +
                     "&before=" + page.rows.back().id;
    }
  }
}

// The form of a day: its events.
void put_form(PaperPage& page, access::Call const& call, ledger::ReadTx& tx, Language language,
              Day day, std::string_view event) {
  auto const venue = call.caller().venues.front();
  page.day_value = to_iso(day);
  page.events = {{"0", std::string(in(language, Text::paper_no_event))}};
  for (auto const& one : events_of_day(tx, venue, day)) {
    page.events.push_back({std::to_string(one.id.value),
                           clock_text(language, one.starts_at) + " " + one.title.in(language)});
  }
  auto const chosen = std::ranges::find(page.events, event, &Option::value);
  if (chosen != page.events.end()) page.event = chosen->value;
  if (page.events.size() == 1) page.event = "0";
}

FormDone to_row(access::Call const& call, FormValues const& form, char const* act,
                RedemptionId id) {
  auto told = form_named_in(form);
  told.insert(told.end(), {{"act", act}, {"redemption", std::to_string(id.value)}});
  return {see_other(with_state(call, path, path, told))};
}

Result<FormDone> undo(access::Call& call, ledger::WriteTx& tx, FormValues const& form) {
  RedemptionId const id{form.number("redemption").value_or(0)};
  auto const undone = use_cases::undo_redemption(tx, id, "mistake", call.caller());
  if (!undone) {
    auto const problem = undone.error().problem;
    bool const is_over = problem == Problem::already_undone || problem == Problem::undo_too_late;
    if (!is_over) return undone.error();
  }
  return to_row(call, form, undone ? "undone" : "gone", id);
}

// The card of the form; [anyway] takes the one that was asked about, and means no other.
struct Asked {
  std::string_view text;
  std::string_view anyway;
};
Asked asked_in(FormValues const& form, FormValues const& before) {
  auto const typed = scanned(form, "card");
  auto const anyway = form["anyway"];
  if (anyway.empty()) return {typed, {}};
  if (typed.empty()) return {before["card"], anyway};
  bool const is_same = is_same_card(card_line(typed).card, before["card"]);
  return {typed, is_same ? anyway : std::string_view()};
}

Result<FormDone> record(access::Call& call, ledger::WriteTx& tx, FormValues const& form,
                        FormValues const& before) {
  auto const asked = asked_in(form, before);
  auto const line = card_line(asked.text);
  use_cases::PaperUse use;
  use.venue = call.caller().venues.front();
  auto card = card_entry_of(call, line.card, use.venue);
  auto const back = [&] {
    return FormDone{back_to(with_state(call, path, path, told_of(form, card, line.children)))};
  };
  auto const counts = counts_of(form, line.children, Language::fi);
  auto const day = day_from_iso(form["day"]);
  if (!day || form["event"].empty() || !card.fault.empty() || !counts.faults.empty()) {
    return back();
  }
  use.day = *day;
  use.event = event_from(form["event"]);
  use.tickets = counts.tickets;
  use.unknown_too = asked.anyway == "unknown";
  use.another_too = asked.anyway == "twice";
  use.key = "p:" + std::string(form["form_id"]);
  auto const answer = use_cases::record_paper_use(tx, use, *card.input, call.caller());
  if (!answer) {
    auto const problem = answer.error().problem;
    if (problem == Problem::unreadable) card.fault = "unreadable";
    // What else may be wrong, the day or the event, stands on the page by itself.
    if (problem == Problem::unreadable || problem == Problem::validation_failed) return back();
    return answer.error();
  }
  if (auto const* question = std::get_if<use_cases::PaperQuestion>(&*answer)) {
    bool const is_unknown = *question == use_cases::PaperQuestion::unknown;
    if (is_unknown) access::note_miss(call, *card.input, use.venue);
    card.fault = is_unknown ? "unknown" : "twice";
    return back();
  }
  return to_row(call, form, "recorded", std::get<tables::Redemption>(*answer).id);
}

}  // namespace

Result<http::Response> get_paper_uses(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  if (call.caller().venues.empty()) return Error(Problem::forbidden);
  auto frame = frame_at_place(call, tx, address_of(call));
  auto const language = frame.language;
  auto const state = state_of(call, path);
  bool const is_told = state && !state->is_old;
  if (state && state->is_old) frame.notice = in(language, Text::k_old);
  FormValues const told(is_told ? state->told : http::FormPairs{});
  PaperPage page;
  page.form_id = new_form_id(call);
  page.action = is_told && !state->is_held ? address_of(call) : std::string(path);
  auto const asked = is_told ? told["day"] : values["day"];
  auto const day = asked.empty()
                       ? std::optional<Day>(call.today())
                       : day_back_from_typed(asked, call.today(), use_cases::paper_days_back);
  page.day = day ? to_finnish(*day) : std::string();
  if (auto const fault = day_fault(day, call.today())) {
    page.faults.push_back({"day", std::string(in(language, *fault))});
    return respond(frame, paper_page(frame, page));
  }
  put_form(page, call, tx, language, *day, is_told ? told["event"] : values["event"]);
  auto const before = is_told ? std::nullopt : values.number("before");
  if (!page.event.empty()) put_rows(page, call, tx, language, *day, before);
  if (is_told) {
    bool const is_row = told["act"].empty();
    if (is_row) put_typed(page, told);
    put_news(page, call, tx, language, told);
    put_faults(page, told, language);
  }
  return respond(frame, paper_page(frame, page));
}

Result<http::Response> post_paper_uses(access::Call& call, ledger::WriteTx& tx) {
  return box_office_form(call, tx, path, [&](FormValues const& form, FormValues const& before) {
    return form["act"] == "undo" ? undo(call, tx, form) : record(call, tx, form, before);
  });
}

}  // namespace kaiku::pages
