#include <nlohmann/json.hpp>

#include "server/api/events.hpp"
#include "server/ledger/ledger.hpp"
#include "server/pages/coordinator/event_form.hpp"
#include "server/pages/coordinator/events.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/tables/event_lists.hpp"
#include "server/tables/reservations.hpp"
#include "server/use_cases/keep_network.hpp"

namespace kaiku::pages {
namespace {

std::string path_of(EventId id) { return "/events/" + std::to_string(id.value); }
std::string copy_of(EventId id) { return "/events/new?copy=" + std::to_string(id.value); }

std::optional<http::FormPairs> shown_in(ledger::ReadTx& tx, EventId id, std::int64_t seen) {
  auto const entry = ledger::public_entry_at(tx, seen);
  auto const* event = entry ? std::get_if<ledger::EventSet>(&*entry) : nullptr;
  if (event == nullptr) return std::nullopt;
  auto const named = event->event ? event->event : EventId{seen};
  return named == id ? std::optional(event_fields_of(*event)) : std::nullopt;
}

// "Kesäkonsertti, 22.11.2026 17.42"
std::string name_of(Language language, tables::Event const& event) {
  return event.title.in(language) + ", " + moment_text(language, event.starts_at);
}

// How many came is for the venue alone.
std::vector<std::string> places_text(Language language, tables::Event const& event, bool is_own) {
  if (!is_own && !event.quota) return {};
  if (!is_own) {
    return {
        fill(language, Text::event_quota_alone, {{"quota", number_text(language, *event.quota)}})};
  }
  auto const used = number_text(language, event.places_used);
  if (!event.quota) return {fill(language, Text::event_places_used, {{"used", used}})};
  return {fill(language, Text::event_quota_used,
               {{"used", used}, {"quota", number_text(language, *event.quota)}})};
}

// The end of an event goes along with its start, when nobody has said otherwise; left empty, it is
// two hours later.
http::FormPairs with_end_moved(http::FormPairs fields, http::FormPairs const& now,
                               tables::Event const& event, Day today) {
  FormValues const wanted(fields);
  FormValues const before(now);
  bool const is_moved = wanted["day"] != before["day"] || wanted["starts"] != before["starts"];
  bool const is_open = wanted["ends"].empty();
  if (!is_open && (!is_moved || wanted["ends"] != before["ends"])) return fields;
  auto const day = event_day_from(wanted["day"], today);
  auto const start = day ? event_time_from(wanted["starts"], *day, today) : std::nullopt;
  if (!start) return fields;
  auto const end = *start + (is_open ? 2 * hour_us : event.ends_at - event.starts_at);
  for (auto& [name, value] : fields) {
    if (name == "ends") value = to_finnish(helsinki_day(end)) + " " + clock_time(end);
  }
  return fields;
}

// Of one venue an event's page says so by itself; coordinators read which it is.
std::string about_text(access::Call const& call, ledger::ReadTx& tx, tables::Event const& event) {
  if (call.caller().is_staff()) return {};
  return tables::find_venue(tx, event.venue).value().name;
}

// `taken`: nullopt where it is not told.
PlaceConfirm quota_question(tables::Event const& event, std::optional<std::int64_t> taken,
                            Language language) {
  PlaceConfirm confirm;
  confirm.about = name_of(language, event);
  confirm.lines = {
      taken ? fill(language, Text::quota_below, {{"used", number_text(language, *taken)}})
            : std::string(in(language, Text::quota_below_untold))};
  confirm.submit = in(language, Text::event_save_anyway);
  return confirm;
}

void put_links(PlaceForm& form, tables::Event const& event, Language language, Instant now) {
  auto const text = [&](Text key) { return std::string(in(language, key)); };
  form.parts = {{copy_of(event.id), text(Text::event_copy)}};
  if (!event.cancelled) {
    form.parts.push_back({path_of(event.id) + "/cancel", text(Text::event_cancel)});
  } else if (event.ends_at > now) {
    form.parts.push_back({path_of(event.id) + "/cancel", text(Text::event_restore)});
  }
}

void tell_outcome(PlaceForm& form, tables::Event const& event, Returned const& returned,
                  Language language) {
  auto const text = [&](Text key) { return std::string(in(language, key)); };
  auto const act = http::form_value(returned.typed, "act").value_or("");
  if (act == "cancel") {
    auto const removed = http::form_value(returned.typed, "removed").value_or("0");
    form.done = removed == "0"
                    ? text(Text::event_was_cancelled)
                    : fill(language, Text::event_was_cancelled_reserved, {{"n", removed}});
  }
  if (act == "restore") form.done = text(Text::event_was_restored);
  if (returned.came == Came::made) {
    form.done = text(Text::event_made);
    form.next = {{copy_of(event.id), text(Text::event_copy)},
                 {"/events/new", text(Text::place_add_next)}};
  }
}

}  // namespace

Result<http::Response> get_one_event(access::Call const& call, ledger::ReadTx& tx) {
  auto const event = api::named_event(call, tx);
  if (!event) return event.error();
  auto frame = network_frame(call, tx, area_of(tx, event->venue));
  auto const language = frame.language;
  auto const path = path_of(event->id);
  bool const is_own = call.caller().stands_at(event->venue);
  auto const returned = returned_form(call, path, frame);
  if (returned.came == Came::to_confirm) {
    std::optional<std::int64_t> taken;
    if (is_own) taken = tables::places_taken(tx, *event, call.now());
    auto confirm = quota_question(*event, taken, language);
    put_question(confirm, call, path, returned);
    return respond(frame, place_confirm_page(frame, confirm));
  }
  auto const now = event_fields_of(api::entry_of(*event));
  auto standing = standing_of(returned, now, event->seq, language);
  standing.filled.faults = event_faults(language, returned, call.today());
  auto form = form_at(call, path, returned, standing, language);
  form.title = event->title.in(language);
  form.about = about_text(call, tx, *event);
  form.faults = standing.filled.faults;
  form.intro = places_text(language, *event, is_own);
  if (event->cancelled) form.intro.emplace_back(in(language, Text::event_is_cancelled));
  tell_outcome(form, *event, returned, language);
  put_links(form, *event, language, call.now());
  form.fields = event_form_fields(standing.filled, language, false);
  form.submit = in(language, Text::place_save);
  form.also = in(language, Text::event_and_copy);
  auto page = place_form_page(frame, form);
  page.values.set("parts_label", std::string(in(language, Text::event_parts)));
  return respond(frame, std::move(page));
}

Result<http::Response> post_one_event(access::Call& call, ledger::WriteTx& tx) {
  auto const event = api::named_event(call, tx);
  if (!event) return event.error();
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  bool const copies = FormValues(std::move(*pairs))["then"] == "copy";
  std::optional<tables::Event> kept;
  Change change;
  change.path = path_of(event->id);
  change.names = event_fields;
  change.now = event_fields_of(api::entry_of(*event));
  change.shown = [&](std::int64_t seen) { return shown_in(tx, event->id, seen); };
  change.members = [&](http::FormPairs const& fields) {
    auto const today = call.today();
    return event_members(with_end_moved(fields, change.now, *event, today), today);
  };
  change.keep = [&](nlohmann::json const& asked) -> Result<void> {
    auto changes = asked;
    spread_quota(changes);
    Faults faults;
    codec::JsonFields fields(changes, faults);
    auto entry = api::entry_of(*event);
    api::read_event(fields, entry);
    if (auto const good = fields.finish(); !good) return good.error();
    auto const done = use_cases::keep_event(tx, entry, call.caller());
    if (!done) return done.error();
    kept = *done;
    return {};
  };
  change.asks = [&](nlohmann::json const& changes) {
    bool const is_of_quota = changes.contains("quota") || changes.contains("capacity");
    return is_of_quota && kept->quota && tables::places_taken(tx, *kept, call.now()) > *kept->quota;
  };
  auto answer = change_place(call, tx, change);
  if (!answer || !copies) return answer;
  // Only where the change is kept does the next form begin.
  for (auto& [name, value] : answer->headers) {
    bool const is_done = name == "Location" && value.starts_with(change.path + "?");
    if (is_done && !answer->keeps_nothing) value = copy_of(event->id);
  }
  return answer;
}

Result<http::Response> get_event_cancellation(access::Call const& call, ledger::ReadTx& tx) {
  auto const event = api::named_event(call, tx);
  if (!event) return event.error();
  auto frame = network_frame(call, tx, area_of(tx, event->venue));
  auto const language = frame.language;
  auto const text = [&](Text key) { return std::string(in(language, key)); };
  PlaceConfirm confirm;
  confirm.about = name_of(language, *event);
  confirm.action = path_of(event->id) + "/cancel";
  confirm.form_id = new_form_id(call);
  confirm.back = path_of(event->id);
  if (event->cancelled) {
    confirm.lines = {text(Text::event_restore_text), text(Text::event_reserved_gone)};
    confirm.hidden = {{"act", "restore"}};
    confirm.submit = text(Text::event_restore);
    return respond(frame, place_confirm_page(frame, confirm));
  }
  auto const tickets = number_text(language, tables::tickets_of_event(tx, event->id));
  bool const is_own = call.caller().stands_at(event->venue);
  confirm.lines = {text(Text::event_cancel_stops),
                   is_own ? fill(language, Text::event_cancel_given, {{"n", tickets}})
                          : text(Text::event_cancel_given_untold),
                   text(Text::event_cancel_back)};
  auto const reserved = tables::open_reservations_of(tx, event->id, call.now()).size();
  if (!is_own) {
    confirm.lines.push_back(text(Text::event_reserved_gone));
  } else if (reserved > 0) {
    auto const n = number_text(language, static_cast<std::int64_t>(reserved));
    confirm.lines.push_back(fill(language, Text::event_cancel_reserved, {{"n", n}}));
    confirm.lines.push_back(text(Text::event_reserved_gone));
  }
  confirm.hidden = {{"act", "cancel"}};
  confirm.submit = text(Text::event_cancel);
  return respond(frame, place_confirm_page(frame, confirm));
}

Result<http::Response> post_event_cancellation(access::Call& call, ledger::WriteTx& tx) {
  auto const event = api::named_event(call, tx);
  if (!event) return event.error();
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  auto const act = form["act"];
  if (act != "cancel" && act != "restore") return Error(Problem::malformed_request);
  auto const path = path_of(event->id);
  return sent_once(call, tx, *pairs, path + "/cancel", [&]() -> Result<FormDone> {
    auto entry = api::entry_of(*event);
    entry.cancelled = act == "cancel";
    if (entry.cancelled == event->cancelled) {
      return FormDone{see_other(address_of(call, path, {Came::unchanged, {}, {}}))};
    }
    auto const reserved = tables::open_reservations_of(tx, event->id, call.now()).size();
    auto const kept = use_cases::keep_event(tx, entry, call.caller());
    // Over since the page was shown: the event's page no longer offers it.
    if (!kept && kept.error().problem == Problem::validation_failed) {
      return FormDone{back_to(address_of(call, path, {Came::unchanged, {}, {}}))};
    }
    if (!kept) return kept.error();
    http::FormPairs told{{"act", std::string(act)}};
    bool const is_own = call.caller().stands_at(event->venue);
    if (entry.cancelled) told.emplace_back("removed", std::to_string(is_own ? reserved : 0));
    return FormDone{see_other(address_of(call, path, {Came::saved, std::move(told), {}}))};
  });
}

}  // namespace kaiku::pages
