#include "server/use_cases/change_account.hpp"

#include "server/ledger/ledger.hpp"
#include "server/tables/sessions.hpp"
#include "server/use_cases/manage_accounts.hpp"

namespace kaiku::use_cases {

Result<tables::Account> find_visible_account(ledger::ReadTx& tx, AccountId id,
                                             domain::Caller const& caller) {
  auto account = tables::find_account(tx, id);
  auto const visible =
      account && (caller.is_national() || (account->area && caller.covers(*account->area)));
  if (!visible) return Error(Problem::not_found);
  return *std::move(account);
}

Result<tables::Account> change_account(ledger::WriteTx& tx, AccountId id,
                                       AccountChange const& change, domain::Caller const& caller) {
  auto const account = find_visible_account(tx, id, caller);
  if (!account) return account.error();
  if (!may_manage(caller, account->role, account->area)) return Error(Problem::forbidden);
  auto const disabled = change.disabled.value_or(account->disabled);
  domain::Actor const itself{domain::ActorKind::account, id.value};
  if (disabled && caller.actor == itself) {
    return Error(Problem::conflict, "Nobody disables the own account");
  }
  ledger::AccountSet entry;
  entry.account = id;
  entry.role = account->role;
  entry.area = account->area;
  entry.office = account->office;
  entry.venue = account->venue;
  entry.language = change.language.value_or(account->language);
  entry.disabled = disabled;
  entry.username = account->username;
  ledger::append(tx, caller.actor, entry);
  if (disabled) tables::delete_sessions_of(tx, id);
  return *tables::find_account(tx, id);
}

}  // namespace kaiku::use_cases
