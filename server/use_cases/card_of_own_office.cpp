#include "server/use_cases/card_of_own_office.hpp"

namespace kaiku::use_cases {

Result<tables::Card> card_of_own_office(ledger::ReadTx& tx, CardId id,
                                        domain::Caller const& caller) {
  auto card = tables::find_card(tx, id);
  if (!card) return Error(Problem::not_found);
  if (!card->office || !caller.works_at(*card->office)) {
    return Error(Problem::forbidden, "the card belongs to another office");
  }
  return *std::move(card);
}

}  // namespace kaiku::use_cases
