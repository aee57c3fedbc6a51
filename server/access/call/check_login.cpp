#include "server/access/call/check_login.hpp"

#include "schema/values/spaces.hpp"
#include "server/access/identity/known_browser.hpp"
#include "server/access/identity/passwords.hpp"
#include "server/access/identity/totp.hpp"
#include "server/telemetry/log.hpp"

namespace kaiku::access {
namespace {

tables::CheckedLogin check(GivenCredentials given, std::optional<tables::Login> const& login,
                           Instant now) {
  tables::CheckedLogin checked;
  if (login) {
    checked.account = login->account;
    checked.against = login->password;
  }
  checked.password_right = password_matches(given.password, checked.against);
  given.totp = without_spaces(given.totp);
  // Names without a second factor cost the same: a dummy secret stands in.
  auto const secret = login && login->totp_secret ? *login->totp_secret : Bytes(20);
  auto const step = matching_totp_step(secret, given.totp, now);
  if (login && login->totp_secret) checked.totp_step = step;
  return checked;
}

std::optional<KnownBrowser> browser_of(Call const& call) {
  return KnownBrowser::read(call.request().cookie(known_browser_cookie_name));
}

std::vector<Counted> of_known(AccountId account, KnownBrowser const& browser) {
  auto const id = std::to_string(account.value);
  return {{Brake::sign_in_known_browser, brake_key({id, text_of(browser.id())})}};
}

void log_failure(Call const& call, std::optional<AccountId> account, std::string_view reason) {
  auto const network = domain::wide_network_of(call.address()).text();
  auto const who = account ? domain::Actor{domain::ActorKind::account, account->value}.text() : "";
  call.services().log.write(telemetry::Level::info, "sign_in_failed",
                            {{"request_id", std::string_view(call.request().request_id)},
                             {"account", std::string_view(who)},
                             {"network", std::string_view(network)},
                             {"reason", reason}});
}

// What went wrong, for the log alone: the caller hears the same words for all of it.
std::string_view reason_of(tables::CheckedLogin const& login, Error const& error) {
  if (error.problem == Problem::code_already_used) return "code_used";
  if (!login.account) return "unknown_name";
  return login.password_right ? "code_or_account" : "password";
}

}  // namespace

std::vector<Counted> counted_for_stranger(std::string_view username,
                                          domain::Address const& address) {
  auto const name = tables::folded_username(username);
  auto const network = domain::network_of(address).text();
  std::vector<Counted> counted;
  auto const wide = domain::wide_network_of(address).text();
  bool const has_wide = wide != network;
  if (has_wide) counted.push_back({Brake::sign_in_wide_network, brake_key({wide})});
  counted.push_back({Brake::sign_in_network, brake_key({network})});
  if (has_wide) counted.push_back({Brake::sign_in_wide_pair, brake_key({name, wide})});
  counted.push_back({Brake::sign_in_pair, brake_key({name, network})});
  return counted;
}

Result<Work> begin_check(Call const& call, ledger::ReadTx& tx, GivenCredentials given) {
  auto const browser = browser_of(call);
  auto login = browser ? tables::find_login(tx, given.username) : std::nullopt;
  auto const& services = call.services();
  bool const is_known =
      login && browser->knows(services.keys, login->account, helsinki_day(call.now()));
  auto begun =
      services.brakes.begin(is_known ? of_known(login->account, *browser)
                                     : counted_for_stranger(given.username, call.address()));
  if (!begun) {
    log_failure(call, is_known ? std::optional(login->account) : std::nullopt, "delayed");
    return begun.error();
  }
  if (!browser) login = tables::find_login(tx, given.username);
  auto brake = std::make_shared<Try>(*std::move(begun));
  Work work([given = std::move(given), login = std::move(login), brake = std::move(brake),
             now = call.now()] {
    return std::any(CheckedTry{check(given, login, now), brake});
  });
  work.goes_ahead = is_known;
  return work;
}

void end_failed(Call const& call, CheckedTry const& tried, Error const& error) {
  log_failure(call, tried.login.account, reason_of(tried.login, error));
  if (error.problem == Problem::code_already_used)
    tried.brake->right();
  else
    tried.brake->missed();
}

std::string end_signed_in(Call const& call, CheckedTry const& tried, AccountId account) {
  tried.brake->right();
  return note_browser(call, account);
}

std::string note_browser(Call const& call, AccountId account) {
  auto const& services = call.services();
  auto browser = browser_of(call).value_or(KnownBrowser::fresh(services.random));
  browser.note(services.keys, account, helsinki_day(call.now()));
  return browser.cookie();
}

}  // namespace kaiku::access
