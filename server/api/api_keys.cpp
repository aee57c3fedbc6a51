#include "server/api/api_keys.hpp"

#include <nlohmann/json.hpp>

#include "server/api/network_fields.hpp"
#include "server/api/replies.hpp"
#include "server/domain/scope.hpp"
#include "server/use_cases/make_api_key.hpp"
#include "server/use_cases/revoke_api_key.hpp"

namespace kaiku::api {
namespace {

constexpr codec::SizeRule venues_rule{1, use_cases::most_venues_of_key};

nlohmann::json to_json(tables::ApiKey const& key) {
  auto venues = nlohmann::json::array();
  for (auto const venue : key.venues) venues.push_back(venue.value);
  return {{"id", key.id.value},
          {"area_id", key.area.value},
          {"name", key.name},
          {"venue_ids", std::move(venues)},
          {"revoked", key.revoked}};
}

}  // namespace

Result<tables::ApiKey> named_api_key(access::Call const& call, ledger::ReadTx& tx) {
  auto const id = call.id<ApiKeyId>(0);
  if (!id) return id.error();
  auto key = tables::find_api_key(tx, *id);
  if (!key) return Error(Problem::not_found);
  auto const own = domain::require_area(call.caller(), key->area, domain::Named::in_path);
  if (!own) return own.error();
  return *std::move(key);
}

Result<http::Response> get_api_keys(access::Call const& call, ledger::ReadTx& tx) {
  auto const page = page_of(call);
  if (!page) return page.error();
  auto const area = domain::listed_area(call.caller());
  if (!area) return area.error();
  auto const rows = tables::list_api_keys(tx, *area, *page);
  return ok(list_of(call, rows, *page, [](auto const& row) { return to_json(row); }));
}

Result<http::Response> get_api_key(access::Call const& call, ledger::ReadTx& tx) {
  auto const key = named_api_key(call, tx);
  if (!key) return key.error();
  return ok(to_json(*key)).with("ETag", etag_of(key->seq));
}

Result<http::Response> post_api_key(access::Call& call, ledger::WriteTx& tx) {
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  use_cases::NewApiKey wanted;
  wanted.name = fields.text("name", name_rule);
  for (auto const id : fields.integers("venue_ids", venues_rule, codec::id_rule)) {
    wanted.venues.push_back(VenueId{id});
  }
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
