// An office takes back that it gave a card.
#pragma once

#include <optional>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/tables/cards.hpp"

namespace kaiku::use_cases {

// Until when a card's registration may be undone: ten minutes, while the office itself has changed
// nothing of it. Uses are not looked at: an office is not told of a visit by a button that goes.
// nullopt: it may not, or no longer.
std::optional<Instant> registration_undoable_until(ledger::ReadTx& tx, tables::Card const& card,
                                                   Instant now);

// The registration stays in the ledger beside an entry that names it, and counts in no figure; the
// holder's facts, recovery code and letter's link are erased. A stock card is stock again, one made
// on the spot is void. Of the own office alone (Problem::forbidden); Problem::undo_too_late when
// ten minutes have passed, or card or holder changed since, or the card was used.
Result<void> undo_registration(ledger::WriteTx& tx, CardId card, domain::Caller const& caller);

}  // namespace kaiku::use_cases
