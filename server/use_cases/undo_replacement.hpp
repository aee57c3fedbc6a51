// An office takes back that a card took another's place.
#pragma once

#include <optional>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/tables/cards.hpp"

namespace kaiku::use_cases {

// Until when it may be undone that this card took another's place: ten minutes, while no office has
// changed it. Uses are not looked at, as for a registration. nullopt: it may not, or no longer.
std::optional<Instant> replacement_undoable_until(ledger::ReadTx& tx, CardId new_card, Instant now);

// What holds after it.
struct RestoredCard {
  CardId card;                             // the old one, registered or blocked as it was before
  bool new_card_is_void = false;           // made on the spot; one of a batch is stock again
  std::optional<ledger::Ref> letter = {};  // waits as a hand-over; a community card has none
};
// The code and the link of the letter before the replacement stay dead: the holder of the old card
// gets a new letter. Of the own office alone (Problem::forbidden); Problem::undo_too_late when ten
// minutes have passed, or the new card changed, was used or has a reservation.
Result<RestoredCard> undo_replacement(ledger::WriteTx& tx, CardId new_card,
                                      domain::Caller const& caller);

}  // namespace kaiku::use_cases
