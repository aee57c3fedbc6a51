// The decision on the device's own data: what the snapshot says of a card and an offer, put before
// the contract's one function. Pure: no network, no clock, no database.
#pragma once

#include <optional>

#include "kiosk/journal/journal.hpp"
#include "kiosk/snapshot/snapshot_store.hpp"
#include "schema/contract/admission.hpp"
#include "schema/contract/card_token.hpp"

namespace kaiku::kiosk {

// A card at an offer as the snapshot knows them.
struct OwnCase {
  contract::Recognition recognition = contract::Recognition::typed_unknown;
  std::optional<contract::CardFacts> facts;  // exactly when recognition is known
  contract::RowHash row = 0;
  std::optional<EventId> event;
  contract::Offer offer;
};

// `stretched`: of the code that was read, with the salt of the data. Both parts of the data have to
// be there. Problem::unreadable for a token that no card key of ours signed; validation_failed for
// an event that the data do not know and a venue that has left, as the server says it.
Result<OwnCase> open_case(SnapshotView const& data, contract::CardInput const& read,
                          Digest const& stretched, std::optional<EventId> event, Instant now);

// What the device's own uses have to tell.
OwnQuestion own_question(OwnCase const& own, OwnCard const& card, Day day);
struct OwnAnswer {
  contract::EarlierUses uses;
  int unknown_cards_today = 0;
};

// What the door asks; a shape that no card could ever get is validation_failed, as online.
struct OwnAsk {
  contract::Tickets tickets{.adult = 1};
  std::optional<contract::Override> override;
};
Result<contract::Decision> decide_here(SnapshotView const& data, OwnCase const& own,
                                       OwnAnswer const& answer, OwnAsk const& ask, Instant now);

// How old the cards of these data are, in seconds; a clock before them makes them fresh.
std::int64_t age_of(SnapshotView const& data, Instant now);

}  // namespace kaiku::kiosk
