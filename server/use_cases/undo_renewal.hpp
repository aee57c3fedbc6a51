// An office takes back that it renewed a card.
#pragma once

#include <cstdint>
#include <optional>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/tables/cards.hpp"

namespace kaiku::use_cases {

// A renewal of the last ten minutes, which is the card's last change. Uses are not looked at: an
// office is not told of a visit by a button that goes.
struct UndoableRenewal {
  std::int64_t sequence = 0;  // of its entry
  Instant undoable_until;
};
std::optional<UndoableRenewal> undoable_renewal(ledger::ReadTx& tx, CardId card, Instant now);

// The days of before hold again, and so do the children when the renewal changed them. Of the own
// office alone (Problem::forbidden); Problem::undo_too_late when ten minutes have passed, or the
// card changed, was used or got a reservation since.
Result<void> undo_renewal(ledger::WriteTx& tx, CardId card, domain::Caller const& caller);

}  // namespace kaiku::use_cases
