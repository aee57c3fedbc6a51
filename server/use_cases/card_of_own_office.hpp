// The card that an office may act on: one of its own.
#pragma once

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/tables/cards.hpp"

namespace kaiku::use_cases {

// One of its stock too: a card that is given back has an office, a state of any kind, perhaps no
// lineage. Problem::not_found for no card, forbidden for another office's.
Result<tables::Card> card_of_own_office(ledger::ReadTx& tx, CardId id,
                                        domain::Caller const& caller);

}  // namespace kaiku::use_cases
