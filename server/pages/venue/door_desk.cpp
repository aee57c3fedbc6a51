#include "server/pages/venue/door_desk.hpp"

#include <algorithm>

#include "schema/contract/undo.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/frame/own_place.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/tickets_text.hpp"

namespace kaiku::pages {
namespace {

constexpr int days_ahead = 14;
constexpr std::string_view none_yet = "-";

constexpr EventId no_event_of_ours{-1};

// "1.2.0.0.1"
std::vector<std::int64_t> numbers_in(std::string_view text) {
  std::vector<std::int64_t> numbers;
  while (!text.empty()) {
    auto const dot = std::min(text.find('.'), text.size());
    numbers.push_back(number_from(text.substr(0, dot)).value_or(0));
    text.remove_prefix(std::min(dot + 1, text.size()));
  }
  return numbers;
}

std::string with_dots(std::vector<std::int64_t> const& numbers) {
  std::string text;
  for (auto const number : numbers) text += (text.empty() ? "" : ".") + std::to_string(number);
  return text;
}

std::optional<EventId> wanted_event(std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (text == none_yet || text == "0") return EventId{0};
  auto const number = number_from(text);
  return number.value_or(0) > 0 ? EventId{*number} : no_event_of_ours;
}

}  // namespace

Result<DoorDesk> open_door_desk(access::Call const& call, ledger::ReadTx& tx,
                                std::string_view event, std::string_view fast) {
  if (call.caller().venues.empty()) return Error(Problem::forbidden);
  auto venue = tables::find_venue(tx, call.caller().venues.front());
  if (!venue) return Error(Problem::forbidden);
  bool const is_fast = fast.empty() ? venue->fast_by_default : fast == "1";
  DoorDesk desk{std::move(*venue), {}, {}, std::nullopt, event == "0", is_fast, {}};
  auto const today = call.today();
  desk.events =
      tables::events_at_door(tx, desk.venue.id, start_of(today), start_of(today + days_ahead));
  std::erase_if(desk.events, [](tables::Event const& one) { return one.cancelled; });
  auto const wanted = wanted_event(event);
  if (wanted && wanted->value != 0) {
    desk.event = tables::find_event(tx, *wanted);
    // Another venue's is told as one that is not there: to choose anew is all there is to do.
    if (desk.event && desk.event->venue != desk.venue.id) desk.event.reset();
    if (!desk.event) {
      desk.unknown = std::to_string(wanted->value);
      desk.choice.kind = domain::DoorEvent::Kind::ask;
    }
  }
  std::vector<domain::EventTimes> times;
  for (auto const& one : desk.events) times.push_back({one.id, one.starts_at, one.ends_at});
  // One that began yesterday and goes on, or that was cancelled since: it is judged by its answer.
  bool const is_beside = desk.event && std::ranges::find(desk.events, desk.event->id,
                                                         &tables::Event::id) == desk.events.end();
  if (is_beside) times.push_back({desk.event->id, desk.event->starts_at, desk.event->ends_at});
  if (desk.unknown.empty()) desk.choice = domain::choose_event(times, wanted, call.now());
  if (!desk.event && desk.choice.event) desk.event = tables::find_event(tx, *desk.choice.event);
  desk.frame = frame_of(call, address_of(call));
  put_place(desk.frame, desk.venue);
  return desk;
}

std::string address_of_desk(DoorDesk const& desk) {
  auto const none = desk.none_chosen ? std::string("0") : desk.unknown;
  auto const event = desk.event ? std::to_string(desk.event->id.value) : none;
  return std::string(door_pattern) + "?" +
         encoded({{"event", event}, {"fast", desk.fast ? "1" : "0"}});
}

std::string event_text(DoorDesk const& desk, tables::Event const& event, Day today) {
  auto const language = desk.frame.language;
  auto const time = helsinki_day(event.starts_at) == today ? clock_text(language, event.starts_at)
                                                           : moment_text(language, event.starts_at);
  return time + " " + event.title.in(language);
}

std::string message_of(DoorDesk const& desk) {
  bool const has_one = desk.event && desk.event->door_message;
  return has_one ? desk.event->door_message->in(desk.frame.language) : std::string();
}

DoorState state_at(DoorDesk const& desk) {
  auto const none = std::string(desk.none_chosen ? "0" : none_yet);
  return {.event = desk.event ? std::to_string(desk.event->id.value) : none, .fast = desk.fast};
}

Result<DoorDesk> desk_of_next(access::Call const& call, ledger::ReadTx& tx, DoorDesk const& desk) {
  auto const none = desk.none_chosen ? "0" : "";
  auto const event = desk.event ? std::to_string(desk.event->id.value) : none;
  return open_door_desk(call, tx, event, desk.fast ? "1" : "0");
}

DoorState door_state_from(http::FormPairs const& told) {
  FormValues const values(told);
  DoorState state{.event = std::string(values["event"]), .fast = values["fast"] == "1"};
  state.read = values["read"];
  state.at = {values.number("at").value_or(0)};
  state.form_id = values["form_id"];
  state.before = values["before"];
  state.told = values["told"];
  auto const asked = numbers_in(values["asked"]);
  if (asked.size() == 5) {
    auto const n = [&](std::size_t i) { return static_cast<int>(asked[i]); };
    state.asked = contract::Tickets{n(0), n(1), n(2), n(3), n(4)};
  }
  for (auto const use : numbers_in(values["uses"])) state.uses.push_back(RedemptionId{use});
  return state;
}

std::string address_with(access::Call const& call, std::string_view pattern,
                         DoorState const& state) {
  http::FormPairs const open{{"event", state.event}, {"fast", state.fast ? "1" : "0"}};
  http::FormPairs told = open;
  auto const put = [&](char const* name, std::string value) {
    if (!value.empty()) told.emplace_back(name, std::move(value));
  };
  put("read", state.read);
  put("at", std::to_string(state.at.us));
  put("form_id", state.form_id);
  put("before", state.before);
  put("told", state.told);
  if (auto const& t = state.asked) {
    put("asked", with_dots({t->adult, t->child, t->assistant, t->interpreter, t->companion}));
  }
  std::vector<std::int64_t> uses;
  for (auto const use : state.uses) uses.push_back(use.value);
  put("uses", with_dots(uses));
  return with_state(call, pattern, pattern, told) + "&" + encoded(open);
}

Result<http::Response> begin_anew(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  auto const desk = open_door_desk(call, tx, values["event"], values["fast"]);
  if (!desk) return desk.error();
  return see_other(address_of_desk(*desk) + "&old=1");
}

Result<DoorForm> sent_door_form(access::Call const& call, ledger::ReadTx& tx,
                                std::string_view pattern) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues typed(std::move(*pairs));
  auto const opened = state_of(call, pattern);
  bool const is_old = !opened || opened->is_old;
  DoorState state;
  state.event = typed["event"];
  state.fast = typed["fast"] == "1";
  if (!is_old) state = door_state_from(opened->told);
  auto const fast = state.fast ? std::string_view("1") : std::string_view("0");
  auto desk = open_door_desk(call, tx, state.event, is_old ? typed["fast"] : fast);
  if (!desk) return desk.error();
  return DoorForm{std::move(typed), std::move(state), std::move(*desk), is_old};
}

std::string key_of_form(std::string_view form_id) { return "f:" + std::string(form_id); }

GivenRow given_row(access::Call const& call, ledger::ReadTx& tx, Language language,
                   tables::Redemption const& use) {
  GivenRow row;
  row.time = clock_text(language, use.occurred_at);
  row.card_short = use.card ? tables::code_of(tx, *use.card).short_form() : "–";
  row.tickets = tickets_text(language, use.tickets);
  row.undone = use.undone_seq.has_value();
  auto const recorded = tables::recorded_at_of(tx, use.id.value).value();
  bool const undoable = !row.undone && use.actor == call.caller().actor &&
                        contract::may_be_undone(recorded, call.now());
  row.redemption = undoable ? use.id.value : 0;
  row.undo_until = undoable ? clock_text(language, recorded + contract::undo_within_us) : "";
  return row;
}

}  // namespace kaiku::pages
