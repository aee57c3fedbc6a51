#include "server/pages/frame/actor_text.hpp"

#include "server/tables/accounts.hpp"

namespace kaiku::pages {

std::string actor_text(ledger::ReadTx& tx, domain::Actor const& actor) {
  if (actor.kind != domain::ActorKind::account) return "–";
  auto const account = tables::find_account(tx, AccountId{actor.id});
  return account ? account->username : "–";
}

}  // namespace kaiku::pages
