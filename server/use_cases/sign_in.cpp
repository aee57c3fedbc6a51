#include "server/use_cases/sign_in.hpp"

#include "server/tables/sessions.hpp"
#include "server/use_cases/manage_accounts.hpp"
#include "server/use_cases/set_up_account.hpp"

namespace kaiku::use_cases {
namespace {

bool same(std::optional<tables::PasswordHash> const& a,
          std::optional<tables::PasswordHash> const& b) {
  return a && b && a->salt == b->salt && a->hash == b->hash;
}

}  // namespace

SessionTimes session_times(domain::Role role) {
  if (role == domain::Role::venue_staff) return {24 * hour_us, 24 * hour_us};
  return {15 * minute_us, 10 * hour_us};
}

Result<tables::Account> sign_in(ledger::WriteTx& tx, tables::CheckedLogin const& checked,
                                Digest const& session_lookup) {
  Error const wrong(Problem::wrong_credentials);
  if (!checked.account || !checked.password_right) return wrong;
  auto const login = tables::find_login(tx, *checked.account);
  auto const unchanged =
      login && !login->disabled && !login->set_up_open && same(login->password, checked.against);
  if (!unchanged) return wrong;
  if (login->totp_secret) {
    if (!checked.totp_step) return wrong;
    if (!tables::take_totp_step(tx, login->account, *checked.totp_step)) {
      return code_already_used(*login, tx.now());
    }
  } else if (needs_second_factor(login->role)) {
    return wrong;
  }
  return open_session(tx, login->account, session_lookup);
}

tables::Account open_session(ledger::WriteTx& tx, AccountId id, Digest const& session_lookup) {
  auto account = tables::find_account(tx, id).value();
  auto const now = tx.now();
  auto const times = session_times(account.role);
  tables::insert_session(tx, session_lookup,
                         {id, now, now, now + times.absolute_us, times.idle_us});
  tables::note_sign_in(tx, id, now);
  return account;
}

void sign_out(ledger::WriteTx& tx, Digest const& session_lookup) {
  tables::delete_session(tx, session_lookup);
}

void forget_ended_sessions(ledger::WriteTx& tx) {
  tables::forget_sessions_ended_before(tx, tx.now() + -sessions_kept_days * day_us);
}

}  // namespace kaiku::use_cases
