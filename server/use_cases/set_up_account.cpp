#include "server/use_cases/set_up_account.hpp"

#include "server/domain/one_time_steps.hpp"
#include "server/ledger/ledger.hpp"
#include "server/use_cases/manage_accounts.hpp"

namespace kaiku::use_cases {

namespace {

Error needs_second_factor_fault() {
  return field_error("/second_factor", FaultCode::required, "is needed in this role");
}

Error no_password_yet() { return Error(Problem::conflict, "Choose a password first"); }

void finish(ledger::WriteTx& tx, AccountId account, bool second_factor) {
  tables::close_set_up(tx, account);
  domain::Actor const itself{domain::ActorKind::account, account.value};
  ledger::append(tx, itself, ledger::AccountSetUp{account, second_factor});
}

}  // namespace

Error code_already_used(tables::Login const& login, Instant now) {
  Error error(Problem::code_already_used);
  error.retry_after_s = domain::seconds_to_code_after(login.totp_last_step, now);
  return error;
}

Result<tables::Login> find_set_up(ledger::ReadTx& tx, std::string_view token, Instant now) {
  auto login = tables::find_login_by_set_up_token(tx, token);
  auto const open = login && !login->disabled && login->set_up_until && now < *login->set_up_until;
  if (!open) return Error(Problem::not_found, "The link is not known or its time is over");
  return *std::move(login);
}

Result<void> choose_password(ledger::WriteTx& tx, std::string_view token,
                             tables::PasswordHash const& password,
                             std::optional<Bytes> const& totp_secret) {
  auto const login = find_set_up(tx, token, tx.now());
  if (!login) return login.error();
  if (!totp_secret && needs_second_factor(login->role)) {
    return needs_second_factor_fault();
  }
  tables::put_password(tx, login->account, password, totp_secret);
  if (!totp_secret) finish(tx, login->account, false);
  return {};
}

Result<AccountId> confirm_second_factor(ledger::WriteTx& tx, std::string_view token,
                                        std::optional<std::int64_t> totp_step) {
  auto const login = find_set_up(tx, token, tx.now());
  if (!login) return login.error();
  if (!login->password || !login->totp_secret) return no_password_yet();
  if (!totp_step) return field_error("/totp", FaultCode::wrong_code);
  if (!tables::take_totp_step(tx, login->account, *totp_step)) {
    return code_already_used(*login, tx.now());
  }
  finish(tx, login->account, true);
  return login->account;
}

Result<AccountId> go_without_second_factor(ledger::WriteTx& tx, std::string_view token) {
  auto const login = find_set_up(tx, token, tx.now());
  if (!login) return login.error();
  if (needs_second_factor(login->role)) return needs_second_factor_fault();
  if (!login->password) return no_password_yet();
  tables::put_password(tx, login->account, *login->password, std::nullopt);
  finish(tx, login->account, false);
  return login->account;
}

void set_up_directly(ledger::WriteTx& tx, AccountId account, tables::PasswordHash const& password,
                     std::optional<Bytes> const& totp_secret) {
  tables::put_password(tx, account, password, totp_secret);
  tables::close_set_up(tx, account);
}

}  // namespace kaiku::use_cases
