#include "server/api/sessions.hpp"

#include <nlohmann/json.hpp>

#include "schema/codec/json_fields.hpp"
#include "server/access/call/check_login.hpp"
#include "server/access/identity/sessions.hpp"
#include "server/api/replies.hpp"
#include "server/use_cases/sign_in.hpp"

namespace kaiku::api {
namespace {

// A password is any text: it is compared, never stored or shown, so the rules of other texts
// (control characters, personal identity codes) do not refuse it.
constexpr codec::TextRule password_rule{
    .min = 0, .max = 1024, .may_hold_identity_code = true, .may_hold_control_characters = true};

Result<access::GivenCredentials> read_credentials(access::Call const& call) {
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  access::GivenCredentials given;
  given.username = fields.text("username", {.max = 64});
  given.password = fields.text("password", password_rule);
  given.totp = fields.optional_text("totp", {.min = 0, .max = 12}).value_or("");
  if (auto const good = fields.finish(); !good) return good.error();
  return given;
}

}  // namespace

nlohmann::json to_json(tables::Account const& account) {
  nlohmann::json json{{"id", account.id.value},
                      {"username", account.username},
                      {"role", domain::word_of(account.role)},
                      {"area_id", nullptr},
                      {"office_id", nullptr},
                      {"venue_id", nullptr},
                      {"language", contract::code_of(account.language)},
                      {"disabled", account.disabled},
                      {"set_up", account.set_up}};
  if (account.area) json["area_id"] = account.area->value;
  if (account.office) json["office_id"] = account.office->value;
  if (account.venue) json["venue_id"] = account.venue->value;
  return json;
}

Result<access::Work> prepare_session(access::Call const& call, ledger::ReadTx& tx) {
  auto given = read_credentials(call);
  if (!given) return given.error();
  return access::begin_check(call, tx, *std::move(given));
}

Result<http::Response> post_session(access::Call& call, ledger::WriteTx& tx) {
  auto& services = call.services();
  auto const id = access::new_session_id(services.random);
  auto const& tried = std::any_cast<access::CheckedTry const&>(call.prepared);
  auto const account = use_cases::sign_in(tx, tried.login, access::session_lookup(id));
  if (!account) {
    access::end_failed(call, tried, account.error());
    return account.error();
  }
  if (call.session()) use_cases::sign_out(tx, call.session()->lookup);  // the one before, if any
  auto response = created(
      {{"csrf_token", access::csrf_token_of(services.keys, id)}, {"account", to_json(*account)}},
      "/api/v1/sessions/current");
  response.with("Set-Cookie", access::session_cookie(id))
      .with("Set-Cookie", access::end_signed_in(call, tried, account->id))
      .with("Cache-Control", "no-store");
  return response;
}

Result<http::Response> get_current_session(access::Call const& call, ledger::ReadTx& tx) {
  auto const account = tables::find_account(tx, AccountId{call.caller().actor.id});
  if (!account || !call.session()) return Error(Problem::not_signed_in);
  return ok({{"csrf_token", call.session()->csrf_token}, {"account", to_json(*account)}})
      .with("Cache-Control", "no-store");
}

Result<http::Response> delete_session(access::Call& call, ledger::WriteTx& tx) {
  if (!call.session()) return Error(Problem::not_signed_in);
  use_cases::sign_out(tx, call.session()->lookup);
  call.services().activity.forget(call.session()->lookup);
  return no_content().with("Set-Cookie", access::ended_session_cookie());
}

}  // namespace kaiku::api
