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

Result<void> may_disable(ledger::ReadTx& tx, tables::Account const& account,
                         domain::Caller const& caller) {
  if (!may_manage(caller, account.role, account.area)) return Error(Problem::forbidden);
  domain::Actor const itself{domain::ActorKind::account, account.id.value};
  if (caller.actor == itself) return Error(Problem::conflict, "Nobody disables the own account");
  if (account.role == domain::Role::admin && !tables::has_other_admin(tx, account.id)) {
    return Error(Problem::conflict, "The last admin cannot be disabled");
  }
  return {};
}

Result<tables::Account> change_account(ledger::WriteTx& tx, AccountId id,
                                       AccountChange const& change, domain::Caller const& caller) {
  auto const account = find_visible_account(tx, id, caller);
  if (!account) return account.error();
  if (!may_manage(caller, account->role, account->area)) return Error(Problem::forbidden);
  auto const disabled = change.disabled.value_or(account->disabled);
  if (disabled && !account->disabled) {
    if (auto const may = may_disable(tx, *account, caller); !may) return may.error();
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
