#include "server/app/create_once.hpp"

#include <nlohmann/json.hpp>

#include "schema/contract/idempotency_key.hpp"
#include "server/api/request_meaning.hpp"
#include "server/tables/idempotent_answers.hpp"

namespace kaiku {
namespace {

// Bare, or in the quotation marks of draft-ietf-httpapi-idempotency-key-header. It is stored, so it
// is refused like a field of a body when it is a personal identity code.
Result<std::string_view> idempotency_key_of(http::Request const& request) {
  auto key = request.header("idempotency-key");
  bool const quoted = key.size() >= 2 && key.starts_with('"') && key.ends_with('"');
  if (quoted) key = key.substr(1, key.size() - 2);
  constexpr auto pointer = "/headers/Idempotency-Key";
  if (!contract::is_idempotency_key(key)) return field_error(pointer, FaultCode::not_a_key);
  if (contract::is_personal_identity_code(key)) {
    return field_error(pointer, FaultCode::personal_identity_code);
  }
  return key;
}

}  // namespace

Result<http::Response> create_once(access::Call& call, access::Route const& route,
                                   ledger::WriteTx& tx) {
  auto const key = idempotency_key_of(call.request());
  if (!key) return key.error();
  auto const& pattern = route.pattern;
  nlohmann::json body;
  if (!call.request().body.empty()) {  // some send none
    auto const& json = call.json();
    if (!json) return json.error();
    body = *json;
  }
  auto const& actor = call.caller().actor;
  if (auto kept = tables::find_idempotent_answer(tx, actor, *key)) {
    auto const told = nlohmann::json::parse(kept->body, nullptr, false);
    if (!api::asks_the_same(call, pattern, body, kept->body_mac, told))
      return Error(Problem::idempotency_key_reused);
    http::Response response;
    response.content_type = "application/json";
    response.body = std::move(kept->body);
    if (!kept->location.empty()) response.with("Location", kept->location);
    return response;
  }
  auto result = route.write(call, tx);
  if (!result || result->status >= 300) return result;
  auto const mac = api::meaning_mac(call, pattern, body);
  tables::insert_idempotent_answer(
      tx, actor, *key, {mac, result->status, std::string(result->location()), result->body});
  return result;
}

}  // namespace kaiku
