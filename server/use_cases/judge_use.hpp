// The judgement of a use, the same for a door that asks now, a paper form and a journal, and what
// the ledger is told of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/contract/admission.hpp"
#include "schema/contract/messages.hpp"
#include "server/ledger/entries.hpp"
#include "server/tables/reservations.hpp"
#include "server/use_cases/door_facts.hpp"

namespace kaiku::use_cases {

// What a judgement rests on, as it holds now or as it held at an instant.
struct UseFacts {
  contract::Offer offer;
  std::optional<contract::CardFacts> card;  // nullopt: no card of ours
};
UseFacts facts_of_use(ledger::ReadTx& tx, Door const& door, ResolvedCard const& card,
                      Instant occurred, std::optional<Instant> at,
                      WithHolder holder = WithHolder::yes);

// What is held for the card at an event.
std::optional<tables::Reservation> reservation_at(ledger::ReadTx& tx, EventId event,
                                                  ResolvedCard const& card, Instant now);

// Quota, limit and duplicates are counted as they have arrived by now. Shapes that a request could
// not have (check_shape) are counted as asked. `held_at`: what is decided now leaves the places
// alone that others hold then; what has happened is judged by uses alone.
contract::Decision judge_use(ledger::ReadTx& tx, contract::RedemptionRequest const& request,
                             Door const& door, ResolvedCard const& card, UseFacts const& facts,
                             Instant occurred, std::optional<Instant> held_at = {});

// How a use that is told afterwards stands to the door's own time.
struct ToldTime {
  std::int64_t ahead_us = 0;     // of its arrival
  bool before_the_door = false;  // before device or venue existed
};
// The verdict of such a use: contract::verdict_of, `unknown_card`, or `implausible` for what no
// single card could have given.
std::string verdict_of_told(ledger::ReadTx& tx, contract::RedemptionRequest const& request,
                            Door const& door, ResolvedCard const& card,
                            contract::Decision const& decision, Instant occurred,
                            ToldTime const& told = {});

// The entry of a use; its verdict is the caller's to add. `request.card` is not looked at.
ledger::UseRedeemed use_entry(contract::RedemptionRequest const& request, Door const& door,
                              ResolvedCard const& card, Instant occurred);

// "The same body" is compared on parsed values with the card resolved and defaults filled in, so
// that the QR and the typed code of one card are the same body.
Digest body_mac(keys::KeyRing const& keys, contract::RedemptionRequest const& request,
                contract::CardCode const& code, contract::UseKind kind);

// The attempt that a device's own key names; nullopt for other callers and other keys.
std::optional<std::int64_t> attempt_of_key(domain::Actor const& actor, std::string_view key);

}  // namespace kaiku::use_cases
