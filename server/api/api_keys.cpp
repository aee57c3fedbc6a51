#include "server/api/api_keys.hpp"

#include <nlohmann/json.hpp>

#include "server/api/network_fields.hpp"
#include "server/api/replies.hpp"
#include "server/domain/scope.hpp"
#include "server/use_cases/make_api_key.hpp"
#include "server/use_cases/revoke_api_key.hpp"

namespace kaiku::api {
namespace {

nlohmann::json to_json(tables::ApiKey const& key) {
  auto venues = nlohmann::json::array();
  for (auto const venue : key.venues) venues.push_back(venue.value);
  return {{"id", key.id.value},
          {"area_id", key.area.value},
          {"name", key.name},
          {"venue_ids", std::move(venues)},
          {"revoked", key.revoked}};
}

std::vector<VenueId> read_venue_ids(Fields& fields) {
  std::vector<VenueId> venues;
  auto const& list = fields.raw("venue_ids");
  if (!list.is_array() || list.empty() || list.size() > use_cases::most_venues_of_key) {
    fields.fault("venue_ids", list.is_null() ? "required" : "wrong_type",
                 "has to be a list of 1 to 500 venue ids");
    return venues;
  }
  for (auto const& item : list) {
    auto const good = item.is_number_integer() && item >= 1 && item <= Fields::max_id;
    if (good)
      venues.push_back(VenueId{item.get<std::int64_t>()});
    else
      fields.fault("venue_ids", "wrong_type", "has an item that is no id");
  }
  return venues;
}

}  // namespace

Result<http::Response> get_api_keys(access::Call const& call, ledger::ReadTx& tx) {
  auto const page = page_of(call);
  if (!page) return page.error();
  auto const area = domain::listed_area(call.caller());
  if (!area) return area.error();
  auto const rows = tables::list_api_keys(tx, *area, *page);
  return ok(list_of(rows, *page, [](auto const& row) { return to_json(row); }));
}

Result<http::Response> get_api_key(access::Call const& call, ledger::ReadTx& tx) {
  auto const id = call.id<ApiKeyId>(0);
  if (!id) return id.error();
  auto const key = tables::find_api_key(tx, *id);
  if (!key) return Error(Problem::not_found);
  auto const own = domain::require_area(call.caller(), key->area, domain::Named::in_path);
  if (!own) return own.error();
  return ok(to_json(*key)).with("ETag", etag_of(key->seq));
}

Result<http::Response> post_api_key(access::Call& call, ledger::WriteTx& tx) {
  auto const json = call.json();
  if (!json) return json.error();
  Fields fields(*json);
  use_cases::NewApiKey wanted;
  wanted.name = fields.text("name", 2, 120);
  wanted.venues = read_venue_ids(fields);
  if (auto const good = fields.finish(); !good) return good.error();
  auto const made = use_cases::make_api_key(tx, wanted, call.caller(), call.services().random);
  if (!made) return made.error();
  auto body = to_json(made->api_key);
  body["key"] = made->key;
  return created(body, "/api/v1/api-keys/" + std::to_string(made->api_key.id.value))
      .with("Cache-Control", "no-store");
}

Result<http::Response> delete_api_key(access::Call& call, ledger::WriteTx& tx) {
  auto const id = call.id<ApiKeyId>(0);
  if (!id) return id.error();
  auto const done = use_cases::revoke_api_key(tx, *id, call.caller());
  if (!done) return done.error();
  return no_content();
}

}  // namespace kaiku::api
