#include "server/use_cases/reset_account.hpp"

#include "server/ledger/ledger.hpp"
#include "server/tables/logins.hpp"
#include "server/tables/sessions.hpp"
#include "server/use_cases/change_account.hpp"

namespace kaiku::use_cases {

Result<void> may_reset(tables::Account const& account, domain::Caller const& caller) {
  auto const by_command = caller.actor.kind == domain::ActorKind::system;
  if (account.role == domain::Role::admin && !by_command) {
    return Error(Problem::forbidden, "An admin's account is reset by kaiku-server user reset");
  }
  if (!may_manage(caller, account.role, account.area)) return Error(Problem::forbidden);
  return {};
}

Result<SetUpLink> reset_account(ledger::WriteTx& tx, AccountId id, domain::Caller const& caller,
                                Random& random) {
  auto const account = find_visible_account(tx, id, caller);
  if (!account) return account.error();
  if (auto const may = may_reset(*account, caller); !may) return may.error();
  ledger::append(tx, caller.actor, ledger::AccountReset{id});
  tables::delete_sessions_of(tx, id);
  SetUpLink link{to_base64url(random.bytes<32>()), tx.now() + set_up_link_us};
  tables::open_set_up(tx, id, link.token, link.until);
  return link;
}

}  // namespace kaiku::use_cases
