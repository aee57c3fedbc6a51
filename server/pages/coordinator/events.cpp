#include "server/pages/coordinator/events.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/api/events.hpp"
#include "server/domain/scope.hpp"
#include "server/pages/coordinator/event_form.hpp"
#include "server/pages/coordinator/events_view.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/frame/name_order.hpp"
#include "server/pages/frame/own_place.hpp"
#include "server/tables/event_lists.hpp"
#include "server/tables/reservations.hpp"
#include "server/use_cases/keep_network.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view list_path = "/events";
constexpr std::string_view new_path = "/events/new";
constexpr int events_a_page = 50;
constexpr int most_venues = 500;

std::vector<Option> venue_options(ledger::ReadTx& tx, std::optional<AreaId> const& area) {
  std::vector<Option> options;
  if (!area) return options;
  for (auto const& venue : tables::list_venues(tx, area, {0, most_venues})) {
    if (venue.active) options.push_back({std::to_string(venue.id.value), venue.name});
  }
  sort_by_name(options, [](Option const& option) { return option.label; });
  return options;
}

std::string standing_text(ledger::ReadTx& tx, Language language, tables::Event const& event,
                          Instant now) {
  if (event.cancelled) return std::string(in(language, Text::events_cancelled));
  if (event.sold_out) return std::string(in(language, Text::event_sold_out));
  bool const is_full = event.quota && tables::places_taken(tx, event, now) >= *event.quota;
  return is_full ? std::string(in(language, Text::events_full)) : std::string();
}

// A venue knows how many it let in; a coordinator reads what there was for them.
std::string places_text(Language language, tables::Event const& event, bool is_own) {
  if (!is_own) return event.quota ? number_text(language, *event.quota) : std::string("–");
  auto const used = number_text(language, event.places_used);
  return event.quota ? used + "/" + number_text(language, *event.quota) : used;
}

EventRow row_of(ledger::ReadTx& tx, Language language, tables::Event const& event, bool is_own,
                Instant now) {
  return {.href = "/events/" + std::to_string(event.id.value),
          .time = moment_text(language, event.starts_at),
          .title = event.title.in(language),
          .venue = tables::find_venue(tx, event.venue).value().name,
          .places = places_text(language, event, is_own),
          .standing = standing_text(tx, language, event, now)};
}

// The filter of the list as its address has it.
using Asked = std::vector<std::pair<std::string, std::string>>;
Asked asked_for(EventsPage const& page, bool over) {
  Asked asked;
  if (!page.area.empty()) asked.emplace_back("area", page.area);
  if (!page.venue.empty()) asked.emplace_back("venue", page.venue);
  if (over) asked.emplace_back("over", "1");
  return asked;
}
std::string with_query(std::string_view path, Asked const& asked) {
  return asked.empty() ? std::string(path) : std::string(path) + "?" + encoded(asked);
}

// Narrows the question to what the caller may see and the address asks for.
void narrow(access::Call const& call, ledger::ReadTx& tx, FormValues const& values,
            Language language, tables::EventQuestion& question, EventsPage& page) {
  auto const& caller = call.caller();
  question.venue = caller.own_venue();
  if (question.venue) return;
  page.has_venues = true;
  question.area = area_asked_for(tx, caller, values["area"]);
  page.areas = area_choices(tx, caller, language);
  if (caller.is_national() && question.area) page.area = question.area->value;
  page.venues = venue_options(tx, question.area);
  auto const chosen = std::ranges::find(page.venues, values["venue"], &Option::value);
  if (chosen != page.venues.end()) {
    page.venue = chosen->value;
    question.venue = VenueId{values.number("venue").value()};
  }
  if (!page.venues.empty()) {
    page.venues.insert(page.venues.begin(),
                       {"", std::string(in(language, Text::judged_all_venues))});
  }
}

// The event that is to be copied, when the caller may see it.
std::optional<tables::Event> copied_event(access::Call const& call, ledger::ReadTx& tx,
                                          FormValues const& values) {
  auto const id = values.number("copy");
  auto event = id ? tables::find_event(tx, EventId{*id}) : std::nullopt;
  if (!event) return std::nullopt;
  auto const venue = tables::find_venue(tx, event->venue).value();
  auto const own =
      domain::require_venue(call.caller(), venue.id, venue.area, domain::Named::in_path);
  return own ? event : std::nullopt;
}

// What the form begins with: another event without its day, or what is usual.
http::FormPairs first_fields(std::optional<tables::Event> const& copied, std::string_view venue) {
  auto fields = copied ? event_fields_of(api::entry_of(*copied)) : fresh_event_fields();
  for (auto& [name, value] : fields) {
    if (name == "day") value.clear();
  }
  fields.emplace_back("venue", copied ? std::to_string(copied->venue.value) : std::string(venue));
  return fields;
}

struct NewEvents {
  std::vector<EventId> ids;
  VenueId venue;
};

// The event of the form, and the same at the same time on each further day.
Result<NewEvents> keep_new_events(ledger::WriteTx& tx, domain::Caller const& caller,
                                  nlohmann::json members, std::vector<Day> const& further) {
  spread_quota(members);
  Faults faults;
  codec::JsonFields fields(members, faults);
  auto entry = api::read_new_event(fields);
  if (auto const good = fields.finish(); !good) return good.error();
  auto const first = use_cases::keep_event(tx, entry, caller);
  if (!first) return first.error();
  NewEvents made{{first->id}, entry.venue};
  auto const day = helsinki_day(entry.starts_at);
  auto const end_day = helsinki_day(entry.ends_at);
  auto const starts = clock_minutes_from_typed(clock_time(entry.starts_at)).value();
  auto const ends = clock_minutes_from_typed(clock_time(entry.ends_at)).value();
  std::vector<Day> done{day};
  for (auto const one : further) {
    if (std::ranges::find(done, one) != done.end()) continue;
    done.push_back(one);
    entry.starts_at = instant_at(one, starts);
    entry.ends_at = instant_at(one + (end_day - day), ends);
    auto const kept = use_cases::keep_event(tx, entry, caller);
    if (!kept) return kept.error();
    made.ids.push_back(kept->id);
  }
  return made;
}

// The frame says that the venue is closed; there is nothing to fill in.
Page closed_page(Frame const& frame) {
  PlaceForm form;
  form.title = in(frame.language, Text::event_new_title);
  return place_form_page(frame, form);
}

}  // namespace

Result<http::Response> get_events(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  auto frame = network_frame(call, tx);
  auto const language = frame.language;
  EventsPage page;
  page.over = values["over"] == "1";
  tables::EventQuestion question;
  question.over = page.over;
  question.now = call.now();
  narrow(call, tx, values, language, question, page);
  auto const returned = returned_form(call, list_path, frame);
  if (returned.came == Came::made) page.done = in(language, Text::events_made);
  auto const count = tables::count_listed_events(tx, question);
  page.count =
      count_text(language, static_cast<std::size_t>(count), Text::events_one, Text::events_many);
  std::optional<EventId> after;
  if (auto const id = values.number("after")) after = EventId{*id};
  auto const events = tables::listed_events(tx, question, after, events_a_page);
  bool const is_own = call.caller().is_staff();
  for (auto const& event : events) {
    page.events.push_back(row_of(tx, language, event, is_own, call.now()));
  }
  if (events.size() == static_cast<std::size_t>(events_a_page)) {
    auto asked = asked_for(page, page.over);
    asked.emplace_back("after", std::to_string(events.back().id.value));
    page.more = with_query(list_path, asked);
  }
  page.make_href = with_query(new_path, asked_for(page, false));
  page.other_href = with_query(list_path, asked_for(page, !page.over));
  return respond(frame, events_page(frame, page));
}

Result<http::Response> get_new_event(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  auto frame = frame_at_place(call, tx, address_of(call));
  if (is_at_closed_place(call, tx)) return respond(frame, closed_page(frame));
  auto const language = frame.language;
  auto const title = std::string(in(language, Text::event_new_title));
  auto const copied = copied_event(call, tx, values);
  auto const path = copied ? std::string(new_path) + "?copy=" + std::to_string(copied->id.value)
                           : std::string(new_path);
  auto const returned = returned_form(call, path, frame);
  auto const& caller = call.caller();
  // A form that was refused comes back to the address without the area, so it carries its own.
  auto const named = http::form_value(returned.typed, "area").value_or(values["area"]);
  auto const area = copied ? std::optional(tables::find_venue(tx, copied->venue)->area)
                           : area_asked_for(tx, caller, named);
  put_coordinator_header(frame, call, tx, area);
  auto const own_venue = caller.own_venue();
  if (!own_venue && !area) {
    return respond(frame, ask_for_area(tx, caller, frame, title, new_path));
  }
  auto const at_first = first_fields(copied, values["venue"]);
  auto standing = standing_of(returned, at_first, 0, language);
  standing.filled.faults = event_faults(language, returned, call.today());
  standing.filled.starts_empty = returned.came == Came::fresh && !copied;
  auto form = form_at(call, path, returned, standing, language);
  form.title = title;
  form.seen.clear();
  form.faults = standing.filled.faults;
  if (returned.came == Came::made) form.done = in(language, Text::event_made);
  auto venues = own_venue ? std::vector<Option>() : venue_options(tx, area);
  form.fields = event_form_fields(standing.filled, language, true, std::move(venues));
  if (own_venue) {
    form.hidden = {{"venue", std::to_string(own_venue->value)}};
  } else {
    form.hidden = {{"area", area->value}};
  }
  form.submit = in(language, Text::events_add);
  form.also = in(language, Text::event_and_copy);
  return respond(frame, place_form_page(frame, form));
}

Result<http::Response> post_new_event(access::Call& call, ledger::WriteTx& tx) {
  if (is_at_closed_place(call, tx)) return see_other(std::string(new_path));
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  auto query = call.query();
  if (!query) return query.error();
  FormValues const form(std::move(*pairs));
  auto const copied = copied_event(call, tx, FormValues(std::move(*query)));
  Creation creation;
  creation.path = new_path;
  if (copied) creation.path += "?copy=" + std::to_string(copied->id.value);
  creation.names = new_event_fields;
  creation.members = [&](http::FormPairs const& typed) {
    auto members = event_members(typed, call.today());
    members["further"] = std::string(http::form_value(typed, "days").value_or(""));
    return members;
  };
  creation.keep = [&](nlohmann::json const& asked) -> Result<std::string> {
    auto members = asked;
    auto const lines = members.at("further").get<std::string>();
    members.erase("further");
    auto const further = further_days(lines, call.today());
    auto const made =
        keep_new_events(tx, call.caller(), members, further ? *further : std::vector<Day>());
    if (!made && made.error().problem != Problem::validation_failed) return made.error();
    Faults faults;
    if (!made) faults.add(made.error().fields);
    if (!further) faults.add(further.error().fields);
    if (!faults.empty()) return faults.error();
    auto const first = std::to_string(made->ids.front().value);
    if (form["then"] == "copy") return std::string(new_path) + "?copy=" + first;
    if (made->ids.size() > 1) return std::string(list_path);
    return std::string(list_path) + "/" + first;
  };
  return make_place(call, tx, creation);
}

}  // namespace kaiku::pages
