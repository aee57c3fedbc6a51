#include "server/pages/coordinator/venues.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "server/api/venues.hpp"
#include "server/ledger/ledger.hpp"
#include "server/pages/coordinator/first_run.hpp"
#include "server/pages/coordinator/limit_options.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/coordinator/place_form.hpp"
#include "server/pages/coordinator/place_list_view.hpp"
#include "server/pages/frame/name_order.hpp"
#include "server/pages/frame/sector_text.hpp"
#include "server/tables/devices.hpp"
#include "server/tables/reservations.hpp"
#include "server/use_cases/keep_network.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view list_path = "/venues";
constexpr std::string_view new_path = "/venues/new";
constexpr std::array<std::string_view, 10> field_names{
    "name",        "municipality", "sector", "address",      "limit_period",
    "limit_count", "fast",         "active", "contact_role", "work_contact"};
constexpr std::array<std::string_view, 10> new_field_names{
    "name",        "municipality", "sector", "address",      "limit_period",
    "limit_count", "fast",         "area",   "contact_role", "work_contact"};
constexpr std::string_view by_sector = "sector";
constexpr std::string_view yes = "yes";
constexpr std::string_view no = "no";

std::string path_of(VenueId id) { return "/venues/" + std::to_string(id.value); }

http::FormPairs fields_of(ledger::VenueSet const& venue) {
  auto const& limit = venue.limit;
  return {{"name", venue.name},
          {"municipality", venue.municipality},
          {"sector", std::string(contract::word_of(venue.sector))},
          {"address", venue.address.value_or("")},
          {"limit_period", std::string(limit ? contract::word_of(limit->period) : no_limit)},
          {"limit_count", limit ? std::to_string(limit->count) : ""},
          {"fast", std::string(venue.fast_by_default ? yes : no)},
          {"active", std::string(venue.active ? yes : no)},
          {"contact_role", venue.contact_role.value_or("")},
          {"work_contact", venue.work_contact.value_or("")}};
}

nlohmann::json limit_member(FormValues const& fields) {
  if (fields["limit_period"] == no_limit) return nullptr;
  return {{"period", std::string(fields["limit_period"])},
          {"count", number_or_text(fields["limit_count"])}};
}

nlohmann::json members_of(http::FormPairs const& pairs) {
  FormValues const fields(pairs);
  auto const is_sport = fields["sector"] == contract::word_of(contract::Sector::sport);
  auto const fast = fields["fast"];
  nlohmann::json members{{"name", std::string(fields["name"])},
                         {"municipality", std::string(fields["municipality"])},
                         {"address", nullptr},
                         {"contact_role", nullptr},
                         {"work_contact", nullptr},
                         {"limit", limit_member(fields)},
                         {"fast_by_default", fast == yes || (fast == by_sector && is_sport)}};
  if (!fields["sector"].empty()) members["sector"] = std::string(fields["sector"]);
  for (auto const* text : {"address", "contact_role", "work_contact"}) {
    if (!fields[text].empty()) members[text] = std::string(fields[text]);
  }
  if (!fields["area"].empty()) members["area_id"] = std::string(fields["area"]);
  if (!fields["active"].empty()) members["active"] = fields["active"] == yes;
  return members;
}

std::optional<http::FormPairs> shown_in(ledger::ReadTx& tx, VenueId id, std::int64_t seen) {
  auto const entry = ledger::public_entry_at(tx, seen);
  auto const* venue = entry ? std::get_if<ledger::VenueSet>(&*entry) : nullptr;
  if (venue == nullptr) return std::nullopt;
  auto const named = venue->venue ? venue->venue : VenueId{seen};
  return named == id ? std::optional(fields_of(*venue)) : std::nullopt;
}

std::vector<Option> yes_or_no(Language language) {
  return {{std::string(yes), std::string(in(language, Text::answer_yes))},
          {std::string(no), std::string(in(language, Text::answer_no))}};
}

std::vector<Data> fields_for(ledger::ReadTx& tx, AreaId const& area, Filled const& filled,
                             Language language, bool is_new) {
  auto const text = [&](Text key) { return in(language, key); };
  auto fast = yes_or_no(language);
  if (is_new) {
    fast.insert(fast.begin(),
                {std::string(by_sector), std::string(text(Text::venue_fast_by_sector))});
  }
  FieldList list(filled);
  list.text({.id = "name", .label = text(Text::place_name), .maxlength = 120})
      .select({.id = "municipality",
               .label = text(Text::municipality),
               .options = municipality_choices(tx, area, filled.values["municipality"], language)})
      .radios(
          {.id = "sector", .label = text(Text::venue_sector), .options = sector_options(language)})
      .text({.id = "address",
             .label = text(Text::venue_address_field),
             .maxlength = 200,
             .optional = true})
      .select({.id = "limit_period",
               .label = text(Text::venue_limit),
               .options = limit_options(language),
               .hint = text(Text::venue_limit_hint)})
      .text({.id = "limit_count",
             .label = text(Text::venue_limit_count),
             .hint = text(Text::venue_limit_count_hint),
             .maxlength = 4,
             .numeric = true,
             .narrow = true})
      .radios({.id = "fast",
               .label = text(Text::venue_fast),
               .options = std::move(fast),
               .hint = text(Text::venue_fast_hint)});
  if (!is_new) {
    list.radios({.id = "active",
                 .label = text(Text::venue_active),
                 .options = yes_or_no(language),
                 .hint = text(Text::venue_active_hint)});
  }
  add_contact_person(list, language);
  return list.list();
}

// What closing a venue does, in numbers.
PlaceConfirm closing_of(access::Call const& call, ledger::ReadTx& tx, tables::Venue const& venue,
                        Language language) {
  auto const coming =
      tables::list_events(tx, venue.id, std::nullopt, call.now(), tables::every_row);
  auto const events = std::ranges::count(coming, false, &tables::Event::cancelled);
  auto const held = tables::count_open_reservations(tx, venue.id, call.now());
  auto const known = tables::list_devices(tx, venue.id, std::nullopt, tables::every_row);
  auto const devices =
      std::ranges::count_if(known, [](tables::Device const& device) { return !device.revoked_at; });
  PlaceConfirm confirm;
  confirm.about = venue.name;
  confirm.lines = {
      std::string(in(language, Text::venue_close_tickets)),
      fill(language, Text::venue_close_events, {{"n", number_text(language, events)}}),
      fill(language, Text::venue_close_reservations, {{"n", number_text(language, held)}}),
      fill(language, Text::venue_close_devices, {{"n", number_text(language, devices)}}),
      std::string(in(language, Text::venue_close_stays))};
  confirm.submit = in(language, Text::venue_close);
  return confirm;
}

}  // namespace

Result<http::Response> get_venues(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  auto const frame = network_frame(call, tx);
  auto const language = frame.language;
  auto const area = area_asked_for(tx, call.caller(), values["area"]);
  bool const of_all = call.caller().is_national() && !area;
  auto const text = [&](Text key) { return std::string(in(language, key)); };
  PlaceList list;
  list.title = text(Text::venues_title);
  list.columns = {text(Text::place_name), text(Text::municipality), text(Text::venue_sector),
                  text(Text::venue_standing), text(Text::commitment_title)};
  if (of_all) list.columns.push_back(text(Text::place_area));
  for (auto const& venue : tables::list_venues(tx, area, tables::every_row)) {
    PlaceRow row{path_of(venue.id), venue.name, {}};
    row.cells = {municipality_name(tx, venue.municipality, language),
                 std::string(sector_text(language, venue.sector)),
                 text(venue.active ? Text::venue_is_active : Text::venue_is_closed),
                 std::string(commitment_text(language, venue.commitment_version))};
    if (of_all) row.cells.push_back(area_name(tx, venue.area, language));
    list.rows.push_back(std::move(row));
  }
  sort_by_name(list.rows, [](PlaceRow const& row) { return row.name; });
  list.count = count_text(language, list.rows.size(), Text::venues_one, Text::venues_count);
  list.empty = text(Text::venues_empty);
  list.path = list_path;
  list.area = call.caller().is_national() && area ? area->value : "";
  list.areas = area_choices(tx, call.caller(), language);
  list.make_href = new_path;
  if (!list.area.empty()) list.make_href += "?area=" + list.area;
  list.make_label = text(Text::venues_add);
  list.page = values.number("page").value_or(1);
  return respond(frame, place_list_page(frame, list));
}

Result<http::Response> get_new_venue(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  auto frame = frame_of(call, address_of(call));
  auto const text = [&](Text key) { return std::string(in(frame.language, key)); };
  auto const returned = returned_form(call, new_path, frame);
  auto const named = http::form_value(returned.typed, "area");
  auto const area = area_asked_for(tx, call.caller(), named.value_or(FormValues(*query)["area"]));
  put_coordinator_header(frame, call, tx, area);
  if (!area) {
    return respond(frame,
                   ask_for_area(tx, call.caller(), frame, text(Text::venue_new_title), new_path));
  }
  http::FormPairs const at_first{{"limit_period", std::string(no_limit)},
                                 {"fast", std::string(by_sector)}};
  auto standing = standing_of(returned, at_first, 0, frame.language);
  standing.filled.starts_empty = returned.came == Came::fresh;
  auto form = form_at(call, std::string(new_path), returned, standing, frame.language);
  form.title = text(Text::venue_new_title);
  form.about = area_name(tx, *area, frame.language);
  form.seen.clear();
  form.hidden = {{"area", area->value}};
  form.fields = fields_for(tx, *area, standing.filled, frame.language, true);
  form.submit = text(Text::venues_add);
  return respond(frame, place_form_page(frame, form));
}

Result<http::Response> post_new_venue(access::Call& call, ledger::WriteTx& tx) {
  Creation creation;
  creation.path = new_path;
  creation.names = new_field_names;
  creation.members = members_of;
  creation.keep = [&](nlohmann::json const& members) -> Result<std::string> {
    Faults faults;
    codec::JsonFields fields(members, faults);
    auto const entry = api::read_new_venue(fields);
    if (auto const good = fields.finish(); !good) return good.error();
    auto const made = use_cases::keep_venue(tx, entry, call.caller());
    if (!made) return made.error();
    return path_of(made->id);
  };
  return make_place(call, tx, creation);
}

Result<http::Response> get_one_venue(access::Call const& call, ledger::ReadTx& tx) {
  auto const venue = api::named_venue(call, tx);
  if (!venue) return venue.error();
  auto frame = network_frame(call, tx, venue->area);
  auto const language = frame.language;
  auto const text = [&](Text key) { return std::string(in(language, key)); };
  auto const path = path_of(venue->id);
  auto const returned = returned_form(call, path, frame);
  if (returned.came == Came::to_confirm) {
    auto confirm = closing_of(call, tx, *venue, language);
    put_question(confirm, call, path, returned);
    return respond(frame, place_confirm_page(frame, confirm));
  }
  auto const standing =
      standing_of(returned, fields_of(tables::entry_of(*venue)), venue->seq, language);
  auto form = form_at(call, path, returned, standing, language);
  form.title = venue->name;
  form.about = area_name(tx, venue->area, language);
  if (returned.came == Came::made) {
    auto const id = std::to_string(venue->id.value);
    form.done = text(Text::venue_made);
    form.next = {
        {"/accounts/new?role=venue_staff&venue=" + id, text(Text::place_make_account)},
        {std::string(new_path) + "?area=" + venue->area.value, text(Text::place_add_next)}};
    put_next_step(form.next, call, tx, language, venue->area);
  }
  form.parts = {{"/events?area=" + venue->area.value + "&venue=" + std::to_string(venue->id.value),
                 text(Text::nav_events)}};
  form.fields = fields_for(tx, venue->area, standing.filled, language, false);
  form.submit = text(Text::place_save);
  return respond(frame, place_form_page(frame, form));
}

Result<http::Response> post_one_venue(access::Call& call, ledger::WriteTx& tx) {
  auto const venue = api::named_venue(call, tx);
  if (!venue) return venue.error();
  Change change;
  change.path = path_of(venue->id);
  change.names = field_names;
  change.now = fields_of(tables::entry_of(*venue));
  change.shown = [&](std::int64_t seen) { return shown_in(tx, venue->id, seen); };
  change.members = members_of;
  change.keep = [&](nlohmann::json const& changes) -> Result<void> {
    Faults faults;
    codec::JsonFields fields(changes, faults);
    auto entry = tables::entry_of(*venue);
    api::read_venue(fields, entry);
    if (auto const good = fields.finish(); !good) return good.error();
    auto const kept = use_cases::keep_venue(tx, entry, call.caller());
    if (!kept) return kept.error();
    return {};
  };
  change.asks = [](nlohmann::json const& changes) {
    return changes.contains("active") && !changes.at("active").get<bool>();
  };
  return change_place(call, tx, change);
}

}  // namespace kaiku::pages
