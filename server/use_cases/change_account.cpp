#include "server/use_cases/change_account.hpp"

#include "server/storage/ledger.hpp"
#include "server/storage/sessions.hpp"
#include "server/use_cases/manage_accounts.hpp"

namespace kaiku::use_cases {

Result<storage::Account> find_visible_account(storage::ReadTx& tx, AccountId id,
                                              domain::Caller const& caller) {
  auto account = storage::find_account(tx, id);
  auto const visible =
      account && (caller.is_national() || (account->area && caller.covers(*account->area)));
  if (!visible) return Error(Problem::not_found);
  return *std::move(account);
}

Result<storage::Account> change_account(storage::WriteTx& tx, AccountId id,
                                        AccountChange const& change,
                                        domain::Caller const& caller) {
  auto const account = find_visible_account(tx, id, caller);
  if (!account) return account.error();
  if (!may_manage(caller, account->role, account->area)) return Error(Problem::forbidden);
  auto const disabled = change.disabled.value_or(account->disabled);
  domain::Actor const itself{domain::ActorKind::account, id.value};
  if (disabled && caller.actor == itself) {
    return Error(Problem::conflict, "Nobody disables the own account");
  }
  storage::AccountSet entry;
  entry.account = id;
  entry.role = account->role;
  entry.area = account->area;
  entry.office = account->office;
  entry.venue = account->venue;
  entry.language = change.language.value_or(account->language);
  entry.disabled = disabled;
  entry.username = account->username;
  storage::append(tx, caller.actor, entry);
  if (disabled) storage::delete_sessions_of(tx, id);
  return *storage::find_account(tx, id);
}

}  // namespace kaiku::use_cases
