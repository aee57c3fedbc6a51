#include "server/pages/venue/door.hpp"

#include <algorithm>

#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/venue/door_act.hpp"
#include "server/pages/venue/door_faults.hpp"
#include "server/tables/reservations.hpp"
#include "server/use_cases/accept_commitment.hpp"

namespace kaiku::pages {
namespace {

constexpr int rows_shown = 5;
constexpr std::ptrdiff_t events_shown = 60;

Option option_of(DoorDesk const& desk, tables::Event const& event, Day today) {
  return {std::to_string(event.id.value), event_text(desk, event, today)};
}

// The event in force is ticked on every page of the list: whoever chooses nothing changes nothing.
void put_chosen(std::vector<EventGroup>& groups, DoorDesk const& desk, Day today) {
  if (!desk.event) return;
  auto const chosen = option_of(desk, *desk.event, today);
  bool const is_here = std::ranges::any_of(groups, [&](EventGroup const& group) {
    return std::ranges::find(group.events, chosen.value, &Option::value) != group.events.end();
  });
  if (!is_here) groups.insert(groups.begin(), {"", {chosen}});
}

// Now, today, the next two weeks, none: an event stands once. As many as a page holds, from one on.
void put_events(DoorPage& page, access::Call const& call, DoorDesk const& desk,
                std::optional<std::int64_t> from) {
  auto const text = [&](Text key) { return std::string(in(desk.frame.language, key)); };
  auto& groups = page.groups;
  groups = {{text(Text::door_now), {}},
            {text(Text::door_today), {}},
            {text(Text::door_coming), {}},
            {"", {{"0", text(Text::venue_no_event)}}}};
  auto const today = call.today();
  auto events = desk.events;
  std::erase_if(events, [&](tables::Event const& event) { return event.ends_at <= call.now(); });
  auto const named = std::ranges::find(events, EventId{from.value_or(0)}, &tables::Event::id);
  auto const first = named == events.end() ? events.begin() : named;
  page.is_later = first != events.begin();
  for (auto at = first; at != events.end(); ++at) {
    auto const& event = *at;
    if (at - first == events_shown) {
      page.later = address_of_desk(desk) + "&from=" + std::to_string(event.id.value);
      break;
    }
    bool const is_now = domain::is_at_hand({event.id, event.starts_at, event.ends_at}, call.now());
    bool const is_today = helsinki_day(event.starts_at) == today;
    groups[is_now ? 0 : is_today ? 1 : 2].events.push_back(option_of(desk, event, today));
  }
  std::erase_if(groups, [](EventGroup const& group) { return group.events.empty(); });
  if (page.is_later) page.earlier = address_of_desk(desk);
  put_chosen(groups, desk, today);
}

std::string places_text(Language language, tables::Event const& event, std::int64_t held) {
  if (event.sold_out) return std::string(in(language, Text::venue_sold_out));
  if (!event.quota) return {};
  auto const left = std::max<std::int64_t>(0, *event.quota - event.places_used - held);
  return fill(language, Text::door_places_left, {{"n", number_text(language, left)}});
}

std::string note_of(DoorDesk const& desk) {
  auto const language = desk.frame.language;
  using Kind = domain::DoorEvent::Kind;
  if (!desk.venue.active) return {};
  if (!desk.unknown.empty()) return std::string(in(language, Text::door_event_unknown));
  if (desk.choice.kind == Kind::ask) return std::string(in(language, Text::door_choose));
  if (desk.choice.kind == Kind::over) {
    return fill(language, Text::door_event_over, {{"title", desk.event->title.in(language)}});
  }
  if (!desk.choice.next) return {};
  auto const next = std::ranges::find(desk.events, *desk.choice.next, &tables::Event::id);
  if (next == desk.events.end()) return {};
  return fill(
      language, Text::door_next_event,
      {{"title", next->title.in(language)}, {"time", moment_text(language, next->starts_at)}});
}

DoorPage page_of(access::Call const& call, ledger::ReadTx& tx, DoorDesk const& desk,
                 std::optional<std::int64_t> from) {
  auto const language = desk.frame.language;
  DoorPage page;
  page.form_id = new_form_id(call);
  page.may_scan = desk.may_record();
  page.note = note_of(desk);
  if (desk.venue.active) put_events(page, call, desk, from);
  page.fast = desk.fast;
  page.owes_commitment = use_cases::owes_commitment(tx, call.caller());
  page.event = in(language, Text::venue_no_event);
  if (desk.none_chosen) page.event_id = "0";
  if (desk.event && page.may_scan) {
    page.event = event_text(desk, *desk.event, call.today());
    page.event_id = std::to_string(desk.event->id.value);
    auto const held = tables::places_held(tx, desk.event->id, call.now());
    page.places = places_text(language, *desk.event, held);
  }
  auto other = desk;
  other.fast = !desk.fast;
  page.mode_href = address_of_desk(other);
  for (auto const& use : tables::redemptions_of_day(tx, desk.venue.id, call.today(), rows_shown)) {
    page.given.push_back(given_row(call, tx, language, use));
  }
  return page;
}

struct Sent {
  FormValues form;
  DoorDesk desk;
};
Result<Sent> sent_form(access::Call const& call, ledger::ReadTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues form(std::move(*pairs));
  auto desk = open_door_desk(call, tx, form["event"], form["fast"]);
  if (!desk) return desk.error();
  return Sent{std::move(form), std::move(*desk)};
}

}  // namespace

Result<http::Response> get_door(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  auto desk = open_door_desk(call, tx, values["event"], values["fast"]);
  if (!desk) return desk.error();
  auto page = page_of(call, tx, *desk, values.number("from"));
  auto const language = desk->frame.language;
  auto const state = state_of(call, door_pattern);
  if (state && state->is_old) desk->frame.notice = in(language, Text::k_old);
  if (values["old"] == "1") desk->frame.notice = in(language, Text::k_old);
  if (state && !state->is_old) {
    auto const word = FormValues(state->told)["told"];
    if (auto fault = door_fault(language, word)) page.faults = {{"card", *std::move(fault)}};
    bool const is_dropped = word == "scan_again" && !page.may_scan;
    if (is_dropped) page.note.append(" ").append(in(language, Text::door_scan_again));
  }
  return respond(desk->frame, door_page(desk->frame, page));
}

Result<std::optional<http::Response>> look_at_door(access::Call const& call, ledger::ReadTx& tx) {
  auto const sent = sent_form(call, tx);
  if (!sent) return sent.error();
  return answer_to_first_line(call, tx, sent->desk, sent->form["card"]);
}

Result<http::Response> post_door(access::Call& call, ledger::WriteTx& tx) {
  auto const sent = sent_form(call, tx);
  if (!sent) return sent.error();
  auto answer = answer_to_first_line(call, tx, sent->desk, sent->form["card"]);
  if (!answer) return answer.error();
  if (*answer) return **std::move(answer);
  return give_at_once(call, tx, sent->desk, sent->form["card"], sent->form["form_id"]);
}

http::Response get_old_door(access::Call const&) { return see_other(std::string(door_pattern)); }

}  // namespace kaiku::pages
