#include <nlohmann/json.hpp>

#include <algorithm>

#include "server/api/areas.hpp"
#include "server/api/events.hpp"
#include "server/api/network_fields.hpp"
#include "server/api/replies.hpp"
#include "server/domain/scope.hpp"
#include "server/tables/reservations.hpp"
#include "server/use_cases/keep_network.hpp"

namespace kaiku::api {
namespace {

using codec::JsonFields;

constexpr std::int64_t most_cents = 1'000'000;

// An exact count beside who was seen to come is a visit of somebody: coordinators read bands
// (use_cases/report_lists.hpp).
nlohmann::json json_for(access::Call const& call, ledger::ReadTx& tx, tables::Event const& event) {
  if (!call.caller().stands_at(event.venue)) return to_json(event, std::nullopt);
  return to_json(event, tables::places_taken(tx, event, call.now()));
}

http::Response answer(access::Call const& call, ledger::ReadTx& tx, tables::Event const& event,
                      int status) {
  auto const body = json_for(call, tx, event);
  auto response =
      status == 201 ? created(body, "/api/v1/events/" + std::to_string(event.id.value)) : ok(body);
  response.with("ETag", etag_of(event.seq));
  return response;
}

// A page of the caller's own, lowest id first: those of the area, or those of staff's and agents'
// venues.
std::vector<tables::Event> listed_events(ledger::ReadTx& tx, domain::Caller const& caller,
                                         Instant from, tables::Page page) {
  if (caller.is_national() || caller.area) {
    return tables::list_events(tx, std::nullopt, caller.area, from, page);
  }
  std::vector<tables::Event> events;
  for (auto const venue : caller.venues) {
    auto const of_venue = tables::list_events(tx, venue, std::nullopt, from, page);
    events.insert(events.end(), of_venue.begin(), of_venue.end());
  }
  std::sort(events.begin(), events.end(), [](auto& a, auto& b) { return a.id < b.id; });
  if (static_cast<int>(events.size()) > page.limit) {
    events.resize(static_cast<std::size_t>(page.limit));
  }
  return events;
}

// A member that is given as null takes the number away.
void read_number(JsonFields& fields, char const* name, std::int64_t most,
                 std::optional<std::int64_t>& value) {
  if (fields.stands(name)) value = fields.optional_integer(name, {0, most});
}

// Null and a text that is empty in every language take it away.
void read_door_message(JsonFields& fields, ledger::EventSet& entry) {
  constexpr codec::TextRule rule{.min = 0, .max = 120, .trimmed = true};
  if (fields.presence("door_message") == codec::Presence::null) entry.door_message.reset();
  auto languages = fields.optional_object("door_message");
  if (!languages) return;
  domain::LocalText text;
  text.fi = languages->optional_text("fi", rule).value_or("");
  text.sv = languages->optional_text("sv", rule).value_or("");
  text.en = languages->optional_text("en", rule).value_or("");
  languages->finish();
  entry.door_message.reset();
  if (text != domain::LocalText{}) entry.door_message = std::move(text);
}

// What POST and PATCH read alike; members that are absent leave the entry as it is.
void read_offer(JsonFields& fields, ledger::EventSet& entry) {
  entry.use_kind = fields.optional_word<contract::UseKind>("kind", contract::use_kind_from)
                       .value_or(entry.use_kind);
  entry.ends_at = fields.optional_instant("ends_at").value_or(entry.ends_at);
  read_number(fields, "capacity", 1'000'000, entry.capacity);
  read_number(fields, "quota_percent", 100, entry.quota_percent);
  if (fields.has("quota") && fields.has("quota_percent")) {
    fields.fault("quota", FaultCode::choose_one,
                 "cannot stand beside quota_percent: give one of them");
  }
  read_number(fields, "quota", 1'000'000, entry.quota);
  if (fields.has("quota")) entry.quota_percent.reset();
  read_limit(fields, entry.limit);
  entry.children_allowed =
      fields.optional_boolean("children_allowed").value_or(entry.children_allowed);
  entry.sold_out = fields.optional_boolean("sold_out").value_or(entry.sold_out);
  read_door_message(fields, entry);
  read_number(fields, "face_value", most_cents, entry.face_value);
}

}  // namespace

Result<tables::Event> named_event(access::Call const& call, ledger::ReadTx& tx) {
  auto const id = call.id<EventId>(0);
  if (!id) return id.error();
  auto event = tables::find_event(tx, *id);
  if (!event) return Error(Problem::not_found);
  auto const venue = tables::find_venue(tx, event->venue).value();
  auto const own =
      domain::require_venue(call.caller(), venue.id, venue.area, domain::Named::in_path);
  if (!own) return own.error();
  return *event;
}

ledger::EventSet read_new_event(JsonFields& fields) {
  ledger::EventSet entry;
  entry.venue = fields.id<VenueId>("venue_id");
  entry.title = read_local_text(fields, "title");
  entry.starts_at = fields.instant("starts_at");
  read_offer(fields, entry);
  if (!fields.has("ends_at")) entry.ends_at = entry.starts_at + 2 * hour_us;
  return entry;
}

void read_event(JsonFields& fields, ledger::EventSet& entry) {
  if (fields.stands("title")) entry.title = read_local_text(fields, "title");
  entry.starts_at = fields.optional_instant("starts_at").value_or(entry.starts_at);
  read_offer(fields, entry);
  entry.cancelled = fields.optional_boolean("cancelled").value_or(entry.cancelled);
}

ledger::EventSet entry_of(tables::Event const& event) {
  return {event.id,
          event.venue,
          event.use_kind,
          event.title,
          event.starts_at,
          event.ends_at,
          event.capacity,
          event.quota,
          event.quota_percent,
          event.limit,
          event.children_allowed,
          event.sold_out,
          event.cancelled,
          event.door_message,
          event.face_value};
}

nlohmann::json to_json(tables::Event const& event, std::optional<std::int64_t> places_taken) {
  nlohmann::json json{{"id", event.id.value},
                      {"venue_id", event.venue.value},
                      {"kind", contract::word_of(event.use_kind)},
                      {"title", to_json(event.title)},
                      {"starts_at", to_rfc3339(event.starts_at)},
                      {"ends_at", to_rfc3339(event.ends_at)},
                      {"capacity", nullptr},
                      {"quota", nullptr},
                      {"quota_percent", nullptr},
                      {"limit", to_json(event.limit)},
                      {"children_allowed", event.children_allowed},
                      {"sold_out", event.sold_out},
                      {"cancelled", event.cancelled},
                      {"door_message", nullptr},
                      {"face_value", nullptr},
                      {"places_used", nullptr}};
  if (event.door_message) json["door_message"] = to_json(*event.door_message);
  if (event.face_value) json["face_value"] = *event.face_value;
  if (event.capacity) json["capacity"] = *event.capacity;
  if (event.quota_percent) json["quota_percent"] = *event.quota_percent;
  if (event.quota) json["quota"] = *event.quota;
  if (!places_taken) return json;
  json["places_used"] = event.places_used;
  if (event.quota) {
    json["quota_left"] = std::max<std::int64_t>(0, *event.quota - *places_taken);
    // Taken all the same: what was given stays given.
    if (*places_taken > *event.quota) json["warning"] = "quota_below_used";
  }
  return json;
}

Result<http::Response> get_events(access::Call const& call, ledger::ReadTx& tx) {
  auto const page = page_of(call);
  if (!page) return page.error();
  auto const& caller = call.caller();
  auto const rows = listed_events(tx, caller, call.now() + -day_us, *page);
  return ok(list_of(call, rows, *page, [&](auto const& row) { return json_for(call, tx, row); }));
}

Result<http::Response> get_event(access::Call const& call, ledger::ReadTx& tx) {
  auto const event = named_event(call, tx);
  if (!event) return event.error();
  return answer(call, tx, *event, 200);
}

Result<http::Response> post_event(access::Call& call, ledger::WriteTx& tx) {
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  JsonFields fields(*json, faults);
  auto const entry = read_new_event(fields);
  if (auto const good = fields.finish(); !good) return good.error();
  auto const event = use_cases::keep_event(tx, entry, call.caller());
  if (!event) return event.error();
  return answer(call, tx, *event, 201);
}

Result<http::Response> patch_event(access::Call& call, ledger::WriteTx& tx) {
  auto const before = named_event(call, tx);
  if (!before) return before.error();
  auto const json = json_of_change(call, before->seq);
  if (!json) return json.error();
  Faults faults;
  JsonFields fields(*json, faults);
  auto entry = entry_of(*before);
  read_event(fields, entry);
  if (auto const good = fields.finish(); !good) return good.error();
  auto const event = use_cases::keep_event(tx, entry, call.caller());
  if (!event) return event.error();
  return answer(call, tx, *event, 200);
}

}  // namespace kaiku::api
