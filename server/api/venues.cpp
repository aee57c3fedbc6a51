#include <nlohmann/json.hpp>

#include <algorithm>

#include "server/api/network_fields.hpp"
#include "server/api/replies.hpp"
#include "server/api/venues.hpp"
#include "server/domain/scope.hpp"
#include "server/use_cases/keep_network.hpp"

namespace kaiku::api {
namespace {

nlohmann::json to_json(tables::Venue const& venue, domain::Caller const& caller) {
  nlohmann::json json{{"id", venue.id.value},
                      {"area_id", venue.area.value},
                      {"municipality", venue.municipality},
                      {"sector", contract::word_of(venue.sector)},
                      {"name", venue.name},
                      {"limit", api::to_json(venue.limit)},
                      {"active", venue.active},
                      {"address", api::to_json(venue.address)},
                      {"fast_by_default", venue.fast_by_default}};
  if (caller.covers(venue.area)) {
    json["contact_role"] = api::to_json(venue.contact_role);
    json["work_contact"] = api::to_json(venue.work_contact);
  }
  return json;
}

http::Response answer(tables::Venue const& venue, domain::Caller const& caller, int status) {
  auto const body = to_json(venue, caller);
  auto response =
      status == 201 ? created(body, "/api/v1/venues/" + std::to_string(venue.id.value)) : ok(body);
  response.with("ETag", etag_of(venue.seq));
  return response;
}

// A page of the caller's own: those of the area, or those at which staff and agents stand.
std::vector<tables::Venue> listed_venues(ledger::ReadTx& tx, domain::Caller const& caller,
                                         tables::Page page) {
  if (caller.is_national() || caller.area) return tables::list_venues(tx, caller.area, page);
  auto ids = caller.venues;
  std::sort(ids.begin(), ids.end());
  std::vector<tables::Venue> venues;
  for (auto const id : ids) {
    if (id.value <= page.after) continue;
    if (static_cast<int>(venues.size()) == page.limit) break;
    venues.push_back(tables::find_venue(tx, id).value());
  }
  return venues;
}

void read_details(codec::JsonFields& fields, ledger::VenueSet& entry) {
  read_limit(fields, entry.limit);
  read_optional_text(fields, "address", line_rule, entry.address);
  read_optional_text(fields, "contact_role", name_rule, entry.contact_role);
  read_optional_text(fields, "work_contact", line_rule, entry.work_contact);
  entry.fast_by_default =
      fields.optional_boolean("fast_by_default").value_or(entry.fast_by_default);
}

}  // namespace

Result<tables::Venue> named_venue(access::Call const& call, ledger::ReadTx& tx) {
  auto const id = call.id<VenueId>(0);
  if (!id) return id.error();
  auto venue = tables::find_venue(tx, *id);
  if (!venue) return Error(Problem::not_found);
  auto const own = domain::require_venue(call.caller(), *id, venue->area, domain::Named::in_path);
  if (!own) return own.error();
  return *venue;
}

Result<std::optional<VenueId>> venue_asked_for(access::Call const& call, ledger::ReadTx& tx,
                                               std::optional<std::string> const& text) {
  if (!text) return std::optional<VenueId>();
  auto const number = number_from(*text);
  auto const venue = number ? tables::find_venue(tx, VenueId{*number}) : std::nullopt;
  if (!venue) return field_error("/venue_id", FaultCode::not_found, "is no venue of the network");
  auto const own =
      domain::require_venue(call.caller(), venue->id, venue->area, domain::Named::in_body);
  if (!own) return own.error();
  return std::optional(venue->id);
}

ledger::VenueSet read_new_venue(codec::JsonFields& fields) {
  ledger::VenueSet entry;
  entry.area = read_area_id(fields, "area_id");
  entry.municipality = read_municipality_code(fields, "municipality");
  entry.sector = fields.word<contract::Sector>("sector", contract::sector_from);
  entry.name = fields.text("name", name_rule);
  read_details(fields, entry);
  return entry;
}

void read_venue(codec::JsonFields& fields, ledger::VenueSet& entry) {
  if (fields.stands("municipality"))
    entry.municipality = read_municipality_code(fields, "municipality");
  if (fields.stands("sector")) {
    entry.sector = fields.word<contract::Sector>("sector", contract::sector_from);
  }
  if (fields.stands("name")) entry.name = fields.text("name", name_rule);
  read_details(fields, entry);
  entry.active = fields.optional_boolean("active").value_or(entry.active);
}

Result<http::Response> get_venues(access::Call const& call, ledger::ReadTx& tx) {
  auto const page = page_of(call);
  if (!page) return page.error();
  auto const rows = listed_venues(tx, call.caller(), *page);
  return ok(
      list_of(call, rows, *page, [&](auto const& row) { return to_json(row, call.caller()); }));
}

Result<http::Response> get_venue(access::Call const& call, ledger::ReadTx& tx) {
  auto const venue = named_venue(call, tx);
  if (!venue) return venue.error();
  return answer(*venue, call.caller(), 200);
}

Result<http::Response> post_venue(access::Call& call, ledger::WriteTx& tx) {
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  auto const entry = read_new_venue(fields);
  if (auto const good = fields.finish(); !good) return good.error();
  auto const venue = use_cases::keep_venue(tx, entry, call.caller());
  if (!venue) return venue.error();
  return answer(*venue, call.caller(), 201);
}

Result<http::Response> patch_venue(access::Call& call, ledger::WriteTx& tx) {
  auto const before = named_venue(call, tx);
  if (!before) return before.error();
  auto const json = json_of_change(call, before->seq);
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  auto entry = tables::entry_of(*before);
  read_venue(fields, entry);
  if (auto const good = fields.finish(); !good) return good.error();
  auto const venue = use_cases::keep_venue(tx, entry, call.caller());
  if (!venue) return venue.error();
  return answer(*venue, call.caller(), 200);
}

}  // namespace kaiku::api
