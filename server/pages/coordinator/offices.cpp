#include "server/pages/coordinator/offices.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "server/api/offices.hpp"
#include "server/ledger/ledger.hpp"
#include "server/pages/coordinator/first_run.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/coordinator/place_form.hpp"
#include "server/pages/coordinator/place_list_view.hpp"
#include "server/pages/frame/name_order.hpp"
#include "server/use_cases/keep_network.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view list_path = "/offices";
constexpr std::string_view new_path = "/offices/new";
constexpr std::array<std::string_view, 7> field_names{
    "name", "municipality", "postcode", "letter_name", "contact", "contact_role", "work_contact"};
constexpr std::array<std::string_view, 8> new_field_names{
    "name",    "municipality", "postcode",     "letter_name",
    "contact", "contact_role", "work_contact", "area"};
constexpr std::array<std::string_view, 4> may_be_empty{"letter_name", "contact", "contact_role",
                                                       "work_contact"};

std::string path_of(OfficeId id) { return "/offices/" + std::to_string(id.value); }

http::FormPairs fields_of(ledger::OfficeSet const& office) {
  return {{"name", office.name},
          {"municipality", office.municipality},
          {"postcode", office.postcode},
          {"letter_name", office.letter_name.value_or("")},
          {"contact", office.contact.value_or("")},
          {"contact_role", office.contact_role.value_or("")},
          {"work_contact", office.work_contact.value_or("")}};
}

nlohmann::json members_of(http::FormPairs const& fields) {
  nlohmann::json members;
  for (auto const& [name, value] : fields) {
    if (value.empty() && std::ranges::find(may_be_empty, name) != may_be_empty.end()) {
      members[name] = nullptr;
    } else {
      members[name == "area" ? "area_id" : name] = value;
    }
  }
  return members;
}

std::optional<http::FormPairs> shown_in(ledger::ReadTx& tx, OfficeId id, std::int64_t seen) {
  auto const entry = ledger::public_entry_at(tx, seen);
  auto const* office = entry ? std::get_if<ledger::OfficeSet>(&*entry) : nullptr;
  if (office == nullptr) return std::nullopt;
  auto const named = office->office ? office->office : OfficeId{seen};
  return named == id ? std::optional(fields_of(*office)) : std::nullopt;
}

std::vector<Data> fields_for(ledger::ReadTx& tx, AreaId const& area, Filled const& filled,
                             Language language) {
  auto const text = [&](Text key) { return in(language, key); };
  auto const municipalities =
      municipality_choices(tx, area, filled.values["municipality"], language);
  FieldList list(filled);
  list.text({.id = "name", .label = text(Text::place_name), .maxlength = 120})
      .select({.id = "municipality", .label = text(Text::municipality), .options = municipalities})
      .text({.id = "postcode",
             .label = text(Text::office_postcode),
             .hint = text(Text::office_postcode_hint),
             .maxlength = 5,
             .numeric = true,
             .narrow = true})
      .text({.id = "letter_name",
             .label = text(Text::office_letter_name),
             .hint = text(Text::letter_name_hint),
             .maxlength = 120,
             .optional = true})
      .text({.id = "contact",
             .label = text(Text::office_contact),
             .maxlength = 200,
             .optional = true});
  add_contact_person(list, language);
  return list.list();
}

}  // namespace

Result<http::Response> get_offices(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  auto const frame = network_frame(call, tx);
  auto const language = frame.language;
  auto const area = area_asked_for(tx, call.caller(), values["area"]);
  bool const of_all = call.caller().is_national() && !area;
  auto const text = [&](Text key) { return std::string(in(language, key)); };
  PlaceList list;
  list.title = text(Text::offices_title);
  list.columns = {text(Text::place_name), text(Text::municipality), text(Text::office_postcode),
                  text(Text::commitment_title)};
  if (of_all) list.columns.push_back(text(Text::place_area));
  for (auto const& office : tables::list_offices(tx, area, tables::every_row)) {
    PlaceRow row{path_of(office.id), office.name, {}};
    row.cells = {municipality_name(tx, office.municipality, language), office.postcode,
                 std::string(commitment_text(language, office.commitment_version))};
    if (of_all) row.cells.push_back(area_name(tx, office.area, language));
    list.rows.push_back(std::move(row));
  }
  sort_by_name(list.rows, [](PlaceRow const& row) { return row.name; });
  list.count = count_text(language, list.rows.size(), Text::offices_one, Text::offices_count);
  list.empty = text(Text::offices_empty);
  list.path = list_path;
  list.area = call.caller().is_national() && area ? area->value : "";
  list.areas = area_choices(tx, call.caller(), language);
  list.make_href = new_path;
  if (!list.area.empty()) list.make_href += "?area=" + list.area;
  list.make_label = text(Text::offices_add);
  list.page = values.number("page").value_or(1);
  return respond(frame, place_list_page(frame, list));
}

Result<http::Response> get_new_office(access::Call const& call, ledger::ReadTx& tx) {
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
                   ask_for_area(tx, call.caller(), frame, text(Text::office_new_title), new_path));
  }
  auto standing = standing_of(returned, {}, 0, frame.language);
  standing.filled.starts_empty = returned.came == Came::fresh;
  auto form = form_at(call, std::string(new_path), returned, standing, frame.language);
  form.title = text(Text::office_new_title);
  form.about = area_name(tx, *area, frame.language);
  form.seen.clear();
  form.hidden = {{"area", area->value}};
  form.fields = fields_for(tx, *area, standing.filled, frame.language);
  form.submit = text(Text::offices_add);
  return respond(frame, place_form_page(frame, form));
}

Result<http::Response> post_new_office(access::Call& call, ledger::WriteTx& tx) {
  Creation creation;
  creation.path = new_path;
  creation.names = new_field_names;
  creation.members = members_of;
  creation.keep = [&](nlohmann::json const& members) -> Result<std::string> {
    Faults faults;
    codec::JsonFields fields(members, faults);
    auto const entry = api::read_new_office(fields);
    if (auto const good = fields.finish(); !good) return good.error();
    auto const made = use_cases::keep_office(tx, entry, call.caller());
    if (!made) return made.error();
    return path_of(made->id);
  };
  return make_place(call, tx, creation);
}

Result<http::Response> get_one_office(access::Call const& call, ledger::ReadTx& tx) {
  auto const office = api::named_office(call, tx);
  if (!office) return office.error();
  auto frame = network_frame(call, tx, office->area);
  auto const language = frame.language;
  auto const text = [&](Text key) { return std::string(in(language, key)); };
  auto const path = path_of(office->id);
  auto const returned = returned_form(call, path, frame);
  auto const standing =
      standing_of(returned, fields_of(tables::entry_of(*office)), office->seq, language);
  auto form = form_at(call, path, returned, standing, language);
  form.title = office->name;
  form.about = area_name(tx, office->area, language);
  if (returned.came == Came::made) {
    auto const id = std::to_string(office->id.value);
    form.done = text(Text::office_made);
    form.next = {
        {"/accounts/new?role=issuer_worker&office=" + id, text(Text::place_make_account)},
        {std::string(new_path) + "?area=" + office->area.value, text(Text::place_add_next)}};
    put_next_step(form.next, call, tx, language, office->area);
  }
  form.fields = fields_for(tx, office->area, standing.filled, language);
  form.submit = text(Text::place_save);
  return respond(frame, place_form_page(frame, form));
}

Result<http::Response> post_one_office(access::Call& call, ledger::WriteTx& tx) {
  auto const office = api::named_office(call, tx);
  if (!office) return office.error();
  Change change;
  change.path = path_of(office->id);
  change.names = field_names;
  change.now = fields_of(tables::entry_of(*office));
  change.shown = [&](std::int64_t seen) { return shown_in(tx, office->id, seen); };
  change.members = members_of;
  change.keep = [&](nlohmann::json const& changes) -> Result<void> {
    Faults faults;
    codec::JsonFields fields(changes, faults);
    auto entry = tables::entry_of(*office);
    api::read_office(fields, entry);
    if (auto const good = fields.finish(); !good) return good.error();
    auto const kept = use_cases::keep_office(tx, entry, call.caller());
    if (!kept) return kept.error();
    return {};
  };
  return change_place(call, tx, change);
}

}  // namespace kaiku::pages
