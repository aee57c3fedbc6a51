#include <nlohmann/json.hpp>

#include "server/api/areas.hpp"
#include "server/api/network_fields.hpp"
#include "server/api/replies.hpp"
#include "server/domain/scope.hpp"
#include "server/use_cases/keep_network.hpp"

namespace kaiku::api {
namespace {

constexpr codec::SizeRule municipalities_rule{1, 400};

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

std::vector<domain::Municipality> read_municipalities(codec::JsonFields& fields) {
  std::vector<domain::Municipality> members;
  for (auto& item : fields.objects("municipalities", municipalities_rule)) {
    domain::Municipality member;
    member.code = read_municipality_code(item, "code");
    member.name = read_local_text(item, "name");
    item.finish();
    members.push_back(std::move(member));
  }
  return members;
}

void read_policy_member(codec::JsonFields& fields, domain::Policy& policy) {
  auto given = fields.optional_object("policy");
  if (!given) return;
  read_policy(*given, policy);
  given->finish();
}

}  // namespace

Result<tables::Area> named_area(access::Call const& call, ledger::ReadTx& tx) {
  auto const id = AreaId::parse(call.parameter(0));
  auto area = id ? tables::find_area(tx, *id) : std::nullopt;
  if (!area) return Error(Problem::not_found);
  auto const own = domain::require_area(call.caller(), area->id, domain::Named::in_path);
  if (!own) return own.error();
  return *area;
}

void read_area(codec::JsonFields& fields, ledger::AreaSet& entry) {
  if (fields.stands("name")) entry.name = read_local_text(fields, "name");
  if (fields.stands("municipalities")) entry.municipalities = read_municipalities(fields);
  read_policy_member(fields, entry.policy);
}

ledger::AreaSet read_new_area(codec::JsonFields& fields) {
  ledger::AreaSet entry;
  entry.area = read_area_id(fields, "id");
  entry.name = read_local_text(fields, "name");
  entry.municipalities = read_municipalities(fields);
  read_policy_member(fields, entry.policy);
  return entry;
}

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
                      {"stale_stop_days", policy.stale_stop_days},
                      {"stale_may_be_overruled", policy.stale_may_be_overruled}};
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
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  auto const entry = read_new_area(fields);
  if (auto const good = fields.finish(); !good) return good.error();
  if (tables::find_area(tx, entry.area)) return Error(Problem::conflict);
  auto const area = use_cases::keep_area(tx, entry, call.caller());
  if (!area) return area.error();
  return answer(tx, *area, 201);
}

Result<http::Response> patch_area(access::Call& call, ledger::WriteTx& tx) {
  auto const before = named_area(call, tx);
  if (!before) return before.error();
  auto const json = json_of_change(call, before->seq);
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  auto entry = tables::entry_of(tx, *before);
  read_area(fields, entry);
  if (auto const good = fields.finish(); !good) return good.error();
  auto const area = use_cases::keep_area(tx, entry, call.caller());
  if (!area) return area.error();
  return answer(tx, *area, 200);
}

Error of_policy_alone(Error error) {
  constexpr std::string_view member = "/policy";
  for (auto& fault : error.fields) {
    if (fault.pointer.starts_with(member)) fault.pointer.erase(0, member.size());
  }
  return error;
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
  auto const json = json_of_change(call, before->seq);
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  auto entry = tables::entry_of(tx, *before);
  read_policy(fields, entry.policy);
  if (auto const good = fields.finish(); !good) return good.error();
  auto const area = use_cases::keep_area(tx, entry, call.caller());
  if (!area) return of_policy_alone(area.error());
  auto response = ok({{"area_id", area->id.value}, {"policy", to_json(area->policy)}});
  response.with("ETag", etag_of(area->seq));
  return response;
}

}  // namespace kaiku::api
