// The card that an office may act on: one of its own.
#pragma once

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/tables/cards.hpp"

namespace kaiku::use_cases {

// In whatever state, stock too. Problem::not_found for no card, forbidden for another office's and
// for one that no office has.
Result<tables::Card> card_of_own_office(ledger::ReadTx& tx, CardId id,
                                        domain::Caller const& caller);

}  // namespace kaiku::use_cases
