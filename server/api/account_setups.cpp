#include <nlohmann/json.hpp>

#include "schema/codec/json_fields.hpp"
#include "schema/values/spaces.hpp"
#include "server/access/call/card_guesses.hpp"
#include "server/access/identity/passwords.hpp"
#include "server/access/identity/totp.hpp"
#include "server/api/replies.hpp"
#include "server/api/sessions.hpp"
#include "server/use_cases/set_up_account.hpp"

namespace kaiku::api {
namespace {

struct ChosenPassword {
  std::string token;
  std::string password;
  bool second_factor = true;
};

// What the password lane made of it.
struct PreparedSetup {
  tables::PasswordHash password;
  std::optional<Bytes> totp_secret;
};

Result<ChosenPassword> read_chosen_password(access::Call const& call) {
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  ChosenPassword chosen;
  chosen.token = fields.text("token", {.max = 64});
  chosen.password = fields.text("password", {.max = 1024});
  chosen.second_factor = fields.optional_boolean("second_factor").value_or(true);
  if (auto const good = fields.finish(); !good) return good.error();
  return chosen;
}

struct Confirmation {
  std::string token;
  std::string totp;
};

Result<Confirmation> read_confirmation(access::Call const& call) {
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  Confirmation given;
  given.token = fields.text("token", {.max = 64});
  given.totp = fields.text("totp", {.min = 6, .max = 12});
  if (auto const good = fields.finish(); !good) return good.error();
  given.totp = without_spaces(given.totp);
  return given;
}

// A link that opens is never held up: 256 bits are no guess. Unknown ones count by network.
Result<tables::Login> find_counted(access::Call const& call, ledger::ReadTx& tx,
                                   std::string_view token) {
  auto login = use_cases::find_set_up(tx, token, call.now());
  if (login) return login;
  return access::counted_miss(call, access::Brake::set_up_link, login.error());
}

}  // namespace

Result<access::Work> prepare_account_setup(access::Call const& call, ledger::ReadTx& tx) {
  auto chosen = read_chosen_password(call);
  if (!chosen) return chosen.error();
  auto const login = find_counted(call, tx, chosen->token);
  if (!login) return login.error();
  auto fault = access::password_fault(chosen->password, login->username, "/password");
  if (fault) return Error(Problem::validation_failed, std::vector{*std::move(fault)});
  auto& random = call.services().random;
  return access::Work([chosen = *std::move(chosen), &random] {
    PreparedSetup made;
    made.password = access::hash_password(chosen.password, random);
    if (chosen.second_factor) made.totp_secret = access::new_totp_secret(random);
    return std::any(std::move(made));
  });
}

Result<http::Response> post_account_setup(access::Call& call, ledger::WriteTx& tx) {
  auto const chosen = read_chosen_password(call);
  if (!chosen) return chosen.error();
  auto const login = use_cases::find_set_up(tx, chosen->token, call.now());
  if (!login) return login.error();
  auto const& made = std::any_cast<PreparedSetup const&>(call.prepared);
  auto const done = use_cases::choose_password(tx, chosen->token, made.password, made.totp_secret);
  if (!done) return done.error();
  nlohmann::json body{{"username", login->username},
                      {"totp_secret", nullptr},
                      {"otpauth_uri", nullptr},
                      {"done", !made.totp_secret}};
  if (made.totp_secret) {
    auto const& issuer = call.services().site.instance;
    body["totp_secret"] = to_base32(*made.totp_secret);
    body["otpauth_uri"] = access::otpauth_uri(issuer, login->username, *made.totp_secret);
  }
  return ok(body).with("Cache-Control", "no-store");
}

Result<std::optional<http::Response>> look_at_account_setup_confirmation(access::Call const& call,
                                                                         ledger::ReadTx& tx) {
  auto const given = read_confirmation(call);
  if (!given) return given.error();
  auto const login = find_counted(call, tx, given->token);
  if (!login) return login.error();
  return std::optional<http::Response>();
}

Result<http::Response> post_account_setup_confirmation(access::Call& call, ledger::WriteTx& tx) {
  auto const given = read_confirmation(call);
  if (!given) return given.error();
  auto const login = use_cases::find_set_up(tx, given->token, call.now());
  if (!login) return login.error();
  std::optional<std::int64_t> step;
  if (login->totp_secret) {
    step = access::matching_totp_step(*login->totp_secret, given->totp, call.now());
  }
  auto const account = use_cases::confirm_second_factor(tx, given->token, step);
  if (!account) return account.error();
  return no_content();
}

}  // namespace kaiku::api
