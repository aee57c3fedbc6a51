#include <nlohmann/json.hpp>

#include "server/api/network.hpp"
#include "server/api/network_fields.hpp"
#include "server/api/replies.hpp"
#include "server/domain/scope.hpp"
#include "server/use_cases/keep_network.hpp"

namespace kaiku::api {
namespace {

nlohmann::json to_json(tables::Area const& area, std::vector<domain::Municipality> const& members) {
  nlohmann::json municipalities = nlohmann::json::array();
  for (auto const& m : members)
    municipalities.push_back({{"code", m.code}, {"name", api::to_json(m.name)}});
  return {{"id", area.id.value},
          {"name", api::to_json(area.name)},
          {"municipalities", std::move(municipalities)},
          {"policy", api::to_json(area.policy)}};
}

http::Response answer(ledger::ReadTx& tx, tables::Area const& area, int status) {
  auto const body = to_json(area, tables::municipalities_of(tx, area.id));
  auto response = status == 201 ? created(body, "/api/v1/areas/" + area.id.value) : ok(body);
  response.with("ETag", etag_of(area.seq));
  return response;
}

std::vector<domain::Municipality> read_municipalities(Fields& fields) {
  std::vector<domain::Municipality> members;
  auto const& raw = fields.raw("municipalities");
  if (raw.is_null()) return members;
  if (!raw.is_array() || raw.empty() || raw.size() > 400) {
    fields.fault("municipalities", "wrong_type", "has to be a list of 1 to 400 municipalities");
    return members;
  }
  std::size_t at = 0;
  for (auto const& item : raw) {
    Fields nested(item, "/municipalities/" + std::to_string(at++));
    domain::Municipality member;
    member.code = read_municipality_code(nested, "code");
    member.name = read_local_text(nested, "name");
    fields.absorb(std::move(nested));
    members.push_back(std::move(member));
  }
  return members;
}

// The area named in the path, as the caller may see it.
Result<tables::Area> named_area(access::Call const& call, ledger::ReadTx& tx) {
  auto const id = AreaId::parse(call.parameter(0));
  auto area = id ? tables::find_area(tx, *id) : std::nullopt;
  if (!area) return Error(Problem::not_found);
  auto const own = domain::require_area(call.caller(), area->id, domain::Named::in_path);
  if (!own) return own.error();
  return *area;
}

}  // namespace

nlohmann::json to_json(domain::LocalText const& text) {
  return {{"fi", text.fi}, {"sv", text.sv}, {"en", text.en}};
}

nlohmann::json to_json(domain::Policy const& policy) {
  nlohmann::json json{{"validity_months", policy.validity_months},
                      {"fixed_end", nullptr},
                      {"child_age_limit", policy.child_age_limit},
                      {"companion_allowed", policy.companion_allowed},
                      {"local_only", policy.local_only},
                      {"unknown_genuine_is_let_in", policy.unknown_genuine_is_let_in},
                      {"unknown_typed_is_let_in", policy.unknown_typed_is_let_in},
                      {"unknown_genuine_daily_limit", policy.unknown_genuine_daily_limit},
                      {"stale_warn_hours", policy.stale_warn_hours},
                      {"stale_stop_days", policy.stale_stop_days}};
  if (policy.fixed_end) json["fixed_end"] = to_iso(*policy.fixed_end);
  return json;
}

Result<http::Response> get_areas(access::Call const& call, ledger::ReadTx& tx) {
  nlohmann::json items = nlohmann::json::array();
  for (auto const& area : tables::list_areas(tx)) {
    if (!call.caller().covers(area.id)) continue;
    items.push_back(to_json(area, tables::municipalities_of(tx, area.id)));
  }
  return ok({{"items", std::move(items)}, {"next", nullptr}});
}

Result<http::Response> get_area(access::Call const& call, ledger::ReadTx& tx) {
  auto const area = named_area(call, tx);
  if (!area) return area.error();
  return answer(tx, *area, 200);
}

Result<http::Response> post_area(access::Call& call, ledger::WriteTx& tx) {
  auto const json = call.json();
  if (!json) return json.error();
  Fields fields(*json);
  ledger::AreaSet entry;
  auto const id = AreaId::parse(fields.text("id", 2, 8));
  if (id)
    entry.area = *id;
  else
    fields.fault("id", "not_an_area_id", "has to be 2 to 8 of A–Z, 0–9 and hyphen");
  entry.name = read_local_text(fields, "name");
  fields.require("municipalities");
  entry.municipalities = read_municipalities(fields);
  read_policy(fields, "policy", entry.policy);
  if (auto const good = fields.finish(); !good) return good.error();
  if (tables::find_area(tx, entry.area)) return Error(Problem::conflict);
  auto const area = use_cases::keep_area(tx, entry, call.caller());
  if (!area) return area.error();
  return answer(tx, *area, 201);
}

Result<http::Response> patch_area(access::Call& call, ledger::WriteTx& tx) {
  auto const before = named_area(call, tx);
  if (!before) return before.error();
  if (auto const match = check_if_match(call, before->seq); !match) return match.error();
  auto const json = call.json();
  if (!json) return json.error();
  Fields fields(*json);
  ledger::AreaSet entry{before->id, before->name, tables::municipalities_of(tx, before->id),
                        before->policy};
  if (fields.has("name")) entry.name = read_local_text(fields, "name");
  if (fields.has("municipalities")) entry.municipalities = read_municipalities(fields);
  read_policy(fields, "policy", entry.policy);
  if (auto const good = fields.finish(); !good) return good.error();
  auto const area = use_cases::keep_area(tx, entry, call.caller());
  if (!area) return area.error();
  return answer(tx, *area, 200);
}

Result<http::Response> get_policies(access::Call const& call, ledger::ReadTx& tx) {
  nlohmann::json items = nlohmann::json::array();
  for (auto const& area : tables::list_areas(tx)) {
    if (!call.caller().covers(area.id)) continue;
    items.push_back({{"area_id", area.id.value}, {"policy", to_json(area.policy)}});
  }
  return ok({{"items", std::move(items)}, {"next", nullptr}});
}

Result<http::Response> patch_policy(access::Call& call, ledger::WriteTx& tx) {
  auto const before = named_area(call, tx);
  if (!before) return before.error();
  if (auto const match = check_if_match(call, before->seq); !match) return match.error();
  auto const json = call.json();
  if (!json) return json.error();
  nlohmann::json const wrapped{{"policy", *json}};
  Fields fields(wrapped);
  ledger::AreaSet entry{before->id, before->name, tables::municipalities_of(tx, before->id),
                        before->policy};
  read_policy(fields, "policy", entry.policy);
  if (auto const good = fields.finish(); !good) return good.error();
  auto const area = use_cases::keep_area(tx, entry, call.caller());
  if (!area) return area.error();
  auto response = ok({{"area_id", area->id.value}, {"policy", to_json(area->policy)}});
  response.with("ETag", etag_of(area->seq));
  return response;
}

}  // namespace kaiku::api
