#include "server/pages/coordinator/areas.hpp"

#include <array>
#include <nlohmann/json.hpp>

#include "schema/values/ascii.hpp"
#include "server/api/areas.hpp"
#include "server/pages/coordinator/area_form.hpp"
#include "server/pages/coordinator/first_run.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/coordinator/place_form.hpp"
#include "server/pages/coordinator/place_list_view.hpp"
#include "server/use_cases/keep_network.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view list_path = "/areas";
constexpr std::string_view new_path = "/areas/new";
constexpr std::array<std::string_view, 3> name_fields{"name_fi", "name_sv", "name_en"};
constexpr std::array<std::string_view, 5> new_fields{"id", "name_fi", "name_sv", "name_en",
                                                     "municipalities"};

http::FormPairs fields_of(ledger::AreaSet const& area) {
  return {{"name_fi", area.name.fi}, {"name_sv", area.name.sv}, {"name_en", area.name.en}};
}

nlohmann::json members_of(http::FormPairs const& pairs) {
  FormValues const fields(pairs);
  return {{"name",
           {{"fi", std::string(fields["name_fi"])},
            {"sv", std::string(fields["name_sv"])},
            {"en", std::string(fields["name_en"])}}}};
}

FieldList& add_names(FieldList& list, Language language) {
  auto const text = [&](Text key) { return in(language, key); };
  return list
      .text({.id = "name_fi",
             .label = text(Text::area_name_fi),
             .hint = text(Text::area_name_hint),
             .optional = true})
      .text({.id = "name_sv", .label = text(Text::area_name_sv), .optional = true})
      .text({.id = "name_en", .label = text(Text::area_name_en), .optional = true});
}

std::size_t count_of_venues(ledger::ReadTx& tx, AreaId const& area) {
  return tables::list_venues(tx, area, tables::every_row).size();
}
std::size_t count_of_offices(ledger::ReadTx& tx, AreaId const& area) {
  return tables::list_offices(tx, area, tables::every_row).size();
}

// Where else something of the area is kept.
std::vector<Link> parts_of(ledger::ReadTx& tx, AreaId const& area, Language language) {
  auto const counted = [&](Text text, std::size_t count) {
    auto const number = number_text(language, static_cast<std::int64_t>(count));
    return fill(language, text, {{"n", number}});
  };
  auto const path = area_path(area);
  return {
      {path + "/municipalities",
       counted(Text::municipalities_parts, tables::municipalities_of(tx, area).size())},
      {path + "/postcodes", counted(Text::postcodes_parts, tables::postcodes_of(tx, area).size())},
      {path + "/policy", std::string(in(language, Text::policy_title))},
      {"/offices?area=" + area.value, counted(Text::area_offices, count_of_offices(tx, area))},
      {"/venues?area=" + area.value, counted(Text::area_venues, count_of_venues(tx, area))}};
}

}  // namespace

Result<http::Response> get_areas(access::Call const& call, ledger::ReadTx& tx) {
  if (!call.caller().is_national() && call.caller().area) {
    return see_other(area_path(*call.caller().area));
  }
  auto query = call.query();
  if (!query) return query.error();
  auto const frame = network_frame(call, tx);
  auto const language = frame.language;
  auto const text = [&](Text key) { return std::string(in(language, key)); };
  PlaceList list;
  list.title = text(Text::areas_title);
  list.columns = {text(Text::place_name), text(Text::area_id), text(Text::municipalities_title),
                  text(Text::offices_title), text(Text::venues_title)};
  for (auto const& area : own_areas(tx, call.caller(), language)) {
    PlaceRow row{area_path(area.id), area.name.in(language), {area.id.value, "", "", ""}};
    for (auto const& municipality : tables::municipalities_of(tx, area.id)) {
      if (!row.cells[1].empty()) row.cells[1] += ", ";
      row.cells[1] += municipality.name.in(language);
    }
    row.cells[2] = std::to_string(count_of_offices(tx, area.id));
    row.cells[3] = std::to_string(count_of_venues(tx, area.id));
    list.rows.push_back(std::move(row));
  }
  list.count = count_text(language, list.rows.size(), Text::areas_one, Text::areas_count);
  list.empty = text(Text::areas_empty);
  list.path = list_path;
  list.make_href = new_path;
  list.make_label = text(Text::areas_add);
  list.page = FormValues(std::move(*query)).number("page").value_or(1);
  return respond(frame, place_list_page(frame, list));
}

Result<http::Response> get_new_area(access::Call const& call, ledger::ReadTx& tx) {
  auto frame = network_frame(call, tx);
  auto const language = frame.language;
  auto const text = [&](Text key) { return std::string(in(language, key)); };
  auto const returned = returned_form(call, new_path, frame);
  auto standing = standing_of(returned, {}, 0, language);
  standing.filled.starts_empty = returned.came == Came::fresh;
  auto form = form_at(call, std::string(new_path), returned, standing, language);
  form.title = text(Text::area_new_title);
  form.seen.clear();
  FieldList fields(standing.filled);
  fields.text({.id = "id",
               .label = in(language, Text::area_id),
               .hint = in(language, Text::area_id_hint),
               .maxlength = 8,
               .narrow = true});
  add_names(fields, language);
  form.fields = add_municipalities(fields, tx, std::nullopt, call.today(), language).list();
  form.submit = text(Text::areas_add);
  return respond(frame, place_form_page(frame, form));
}

Result<http::Response> post_new_area(access::Call& call, ledger::WriteTx& tx) {
  Creation creation;
  creation.path = new_path;
  creation.names = new_fields;
  creation.members = [](http::FormPairs const& pairs) {
    FormValues const fields(pairs);
    auto members = members_of(pairs);
    members["id"] = ascii::uppered(fields["id"]);
    members["municipalities"] = municipality_members(fields["municipalities"]);
    return members;
  };
  creation.keep = [&](nlohmann::json const& members) -> Result<std::string> {
    Faults faults;
    codec::JsonFields fields(members, faults);
    auto const entry = api::read_new_area(fields);
    if (auto const good = fields.finish(); !good) return as_typed(good.error());
    if (tables::find_area(tx, entry.area)) return field_error("/id", FaultCode::taken);
    auto const made = use_cases::keep_area(tx, entry, call.caller());
    if (!made) return made.error();
    return area_path(made->id);
  };
  return make_place(call, tx, creation);
}

Result<http::Response> get_one_area(access::Call const& call, ledger::ReadTx& tx) {
  auto const area = api::named_area(call, tx);
  if (!area) return area.error();
  auto frame = network_frame(call, tx, area->id);
  auto const language = frame.language;
  auto const text = [&](Text key) { return std::string(in(language, key)); };
  auto const path = area_path(area->id);
  auto const returned = returned_form(call, path, frame);
  auto const standing =
      standing_of(returned, fields_of(tables::entry_of(tx, *area)), area->seq, language);
  auto form = form_at(call, path, returned, standing, language);
  form.title = area->name.in(language);
  if (returned.came == Came::made) {
    form.done = text(Text::area_made);
    form.next = {{path + "/postcodes", text(Text::postcodes_title)}};
    put_next_step(form.next, call, tx, language, area->id);
  }
  form.intro = {text(Text::area_id) + ": " + area->id.value};
  form.parts = parts_of(tx, area->id, language);
  FieldList fields(standing.filled);
  fields.heading(in(language, Text::area_names));
  form.fields = add_names(fields, language).list();
  form.submit = text(Text::place_save);
  return respond(frame, place_form_page(frame, form));
}

Result<http::Response> post_one_area(access::Call& call, ledger::WriteTx& tx) {
  auto const area = api::named_area(call, tx);
  if (!area) return area.error();
  Change change;
  change.path = area_path(area->id);
  change.names = name_fields;
  change.now = fields_of(tables::entry_of(tx, *area));
  change.shown = [&](std::int64_t seen) -> std::optional<http::FormPairs> {
    auto const entry = area_as_of(tx, area->id, seen);
    if (!entry) return std::nullopt;
    return fields_of(*entry);
  };
  change.members = members_of;
  change.keep = [&](nlohmann::json const& changes) -> Result<void> {
    return keep_area_changes(tx, *area, changes, call.caller());
  };
  return change_place(call, tx, change);
}

}  // namespace kaiku::pages
