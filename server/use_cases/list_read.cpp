#include "server/use_cases/list_read.hpp"

#include <string>

#include "schema/crypto/crypto.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/cards.hpp"

namespace kaiku::use_cases {

void record_list_read(ledger::WriteTx& tx, domain::Caller const& caller, std::string_view list,
                      std::vector<ledger::Ref> cards) {
  if (cards.empty()) return;
  Bytes all;
  for (auto const& card : cards) all.insert(all.end(), card.begin(), card.end());
  auto const hash = crypto::sha256(all);
  auto const last = tables::last_list_read(tx, caller.actor, list);
  if (last && last->cards_hash == hash && tx.now() - last->at <= 5 * minute_us) return;
  ledger::append(tx, caller.actor, ledger::CardsListed{std::string(list), std::move(cards)});
  tables::note_list_read(tx, caller.actor, list, hash);
}

void record_list_export(ledger::WriteTx& tx, domain::Caller const& caller, std::string_view list,
                        std::vector<ledger::Ref> cards) {
  if (cards.empty()) return;
  ledger::append(tx, caller.actor, ledger::CardsListed{std::string(list), std::move(cards), true});
}

}  // namespace kaiku::use_cases
