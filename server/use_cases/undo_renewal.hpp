// An office takes back that it renewed a card.
#pragma once

#include <optional>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/tables/cards.hpp"

namespace kaiku::use_cases {

// Until when a card's renewal may be undone: ten minutes, while nothing has happened to the card.
// nullopt: it may not, or no longer.
std::optional<Instant> renewal_undone_until(ledger::ReadTx& tx, CardId card, Instant now);

// The days of before hold again, and so do the children when the renewal changed them. Of the own
// office alone (Problem::forbidden); Problem::undo_too_late when ten minutes have passed, or the
// card changed or was used since.
Result<void> undo_renewal(ledger::WriteTx& tx, CardId card, domain::Caller const& caller);

}  // namespace kaiku::use_cases
