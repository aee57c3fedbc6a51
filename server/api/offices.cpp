#include <nlohmann/json.hpp>

#include "server/api/network_fields.hpp"
#include "server/api/offices.hpp"
#include "server/api/replies.hpp"
#include "server/domain/scope.hpp"
#include "server/use_cases/keep_network.hpp"

namespace kaiku::api {
namespace {

nlohmann::json to_json(tables::Office const& office, domain::Caller const& caller) {
  nlohmann::json json{{"id", office.id.value},
                      {"area_id", office.area.value},
                      {"municipality", office.municipality},
                      {"postcode", office.postcode},
                      {"name", office.name},
                      {"letter_name", api::to_json(office.letter_name)},
                      {"contact", api::to_json(office.contact)}};
  if (caller.covers(office.area)) {
    json["contact_role"] = api::to_json(office.contact_role);
    json["work_contact"] = api::to_json(office.work_contact);
  }
  return json;
}

http::Response answer(tables::Office const& office, domain::Caller const& caller, int status) {
  auto const body = to_json(office, caller);
  auto response = status == 201
                      ? created(body, "/api/v1/offices/" + std::to_string(office.id.value))
                      : ok(body);
  response.with("ETag", etag_of(office.seq));
  return response;
}

void read_texts(codec::JsonFields& fields, ledger::OfficeSet& entry) {
  read_optional_text(fields, "letter_name", name_rule, entry.letter_name);
  read_optional_text(fields, "contact", line_rule, entry.contact);
  read_optional_text(fields, "contact_role", name_rule, entry.contact_role);
  read_optional_text(fields, "work_contact", line_rule, entry.work_contact);
}

}  // namespace

Result<tables::Office> named_office(access::Call const& call, ledger::ReadTx& tx) {
  auto const id = call.id<OfficeId>(0);
  if (!id) return id.error();
  auto office = tables::find_office(tx, *id);
  if (!office) return Error(Problem::not_found);
  auto const own = domain::require_office(call.caller(), *id, office->area, domain::Named::in_path);
  if (!own) return own.error();
  return *office;
}

ledger::OfficeSet read_new_office(codec::JsonFields& fields) {
  ledger::OfficeSet entry;
  entry.area = read_area_id(fields, "area_id");
  entry.municipality = read_municipality_code(fields, "municipality");
  entry.postcode = read_postcode(fields);
  entry.name = fields.text("name", name_rule);
  read_texts(fields, entry);
  return entry;
}

void read_office(codec::JsonFields& fields, ledger::OfficeSet& entry) {
  if (fields.stands("municipality"))
    entry.municipality = read_municipality_code(fields, "municipality");
  if (fields.stands("postcode")) entry.postcode = read_postcode(fields);
  if (fields.stands("name")) entry.name = fields.text("name", name_rule);
  read_texts(fields, entry);
}

Result<http::Response> get_offices(access::Call const& call, ledger::ReadTx& tx) {
  auto const page = page_of(call);
  if (!page) return page.error();
  auto const rows = tables::list_offices(tx, call.caller().area, *page);
  return ok(
      list_of(call, rows, *page, [&](auto const& row) { return to_json(row, call.caller()); }));
}

Result<http::Response> get_office(access::Call const& call, ledger::ReadTx& tx) {
  auto const office = named_office(call, tx);
  if (!office) return office.error();
  return answer(*office, call.caller(), 200);
}

Result<http::Response> post_office(access::Call& call, ledger::WriteTx& tx) {
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  auto const entry = read_new_office(fields);
  if (auto const good = fields.finish(); !good) return good.error();
  auto const office = use_cases::keep_office(tx, entry, call.caller());
  if (!office) return office.error();
  return answer(*office, call.caller(), 201);
}

Result<http::Response> patch_office(access::Call& call, ledger::WriteTx& tx) {
  auto const before = named_office(call, tx);
  if (!before) return before.error();
  auto const json = json_of_change(call, before->seq);
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  auto entry = tables::entry_of(*before);
  read_office(fields, entry);
  if (auto const good = fields.finish(); !good) return good.error();
  auto const office = use_cases::keep_office(tx, entry, call.caller());
  if (!office) return office.error();
  return answer(*office, call.caller(), 200);
}

}  // namespace kaiku::api
