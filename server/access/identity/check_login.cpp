#include "server/access/identity/check_login.hpp"

#include "schema/values/spaces.hpp"
#include "server/access/identity/limits.hpp"
#include "server/access/identity/passwords.hpp"
#include "server/access/identity/totp.hpp"

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

}  // namespace

Result<std::function<tables::CheckedLogin()>> begin_check(ledger::ReadTx& tx,
                                                          GivenCredentials given,
                                                          std::string_view peer, Services& services,
                                                          Instant now) {
  auto const admitted = services.logins.admit(given.username, peer);
  if (!admitted) return admitted.error();
  auto login = tables::find_login(tx, given.username);
  return std::function<tables::CheckedLogin()>([given = std::move(given), login = std::move(login),
                                                now] { return check(given, login, now); });
}

}  // namespace kaiku::access
