#include "server/use_cases/lift_blocks.hpp"

#include "server/ledger/ledger.hpp"
#include "server/tables/cards.hpp"

namespace kaiku::use_cases {

void lift_ended_blocks(ledger::WriteTx& tx) {
  constexpr int at_once = 500;
  auto const ended = tables::blocked_until_before(tx, helsinki_day(tx.now()), at_once);
  for (auto const& card : ended) {
    ledger::append(tx, domain::Actor{}, ledger::CardUnblocked{card.ref});
  }
}

}  // namespace kaiku::use_cases
