// Gathers what the admission decision asks for: the card, the offer and earlier uses, as they hold
// now or as they held when a late use occurred.
#pragma once

#include <optional>

#include "schema/contract/admission.hpp"
#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/tables/network.hpp"
#include "server/tables/redemptions.hpp"
#include "server/use_cases/resolve_card.hpp"

namespace kaiku::use_cases {

// Where and for what a ticket is asked, resolved and allowed to the caller.
struct Door {
  tables::Venue venue;
  std::optional<tables::Event> event;
  domain::Policy policy;
  contract::UseKind use_kind = contract::UseKind::admission;
};
// Problem::forbidden for a venue that is not the caller's; faults at /venue_id, /event_id, /kind.
// `at`: nullopt for now, else what held at that instant.
Result<Door> open_door(ledger::ReadTx& tx, VenueId venue, std::optional<EventId> event,
                       std::optional<contract::UseKind> kind, domain::Caller const& caller,
                       std::optional<Instant> at);

// As it stands for a use at `occurred`.
contract::Offer offer_of(Door const& door, Instant occurred);

// Whether the holder's facts are read too: without them the child limit stays zero.
enum class WithHolder { no, yes };

// A card that was not there yet at `at` counts as not registered.
contract::CardFacts facts_of(ledger::ReadTx& tx, tables::Card const& card,
                             std::optional<Instant> at, WithHolder holder);

// `valid_from` of the card, for a limit per validity period: as it was when the use occurred.
// `held_at`: places that others hold then count as used; nullopt leaves all of them out.
contract::EarlierUses uses_before(ledger::ReadTx& tx, ResolvedCard const& card, Door const& door,
                                  Day day, Day valid_from, std::optional<Instant> held_at);

}  // namespace kaiku::use_cases
