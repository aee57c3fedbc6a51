// An office makes a stock card a person's card, or makes a card on the spot.
#pragma once

#include <optional>
#include <string>

#include "schema/contract/card_state.hpp"
#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/domain/given_card.hpp"
#include "server/tables/cards.hpp"

namespace kaiku::use_cases {

// How far back the day of issue of a card may lie.
inline constexpr int most_days_back = 60;

struct RegisterCard {
  std::optional<domain::GivenCard> card;  // nullopt: make one
  contract::CardKind kind = contract::CardKind::personal;
  tables::HolderFacts holder;  // personal cards only
  // Community cards only: people in one visit, worker included.
  int community_ceiling = 0;
  std::optional<std::string> municipality;
  std::optional<Day> issued_on;  // default today; most_days_back at most
  // The recovery code waits, sealed, until somebody says that it is handed over (hand_over.hpp);
  // else the caller alone has it. A community card then waits without one: it has no letter.
  bool code_waits = false;
};

struct Registered {
  CardId card;
  contract::CardCode code;
  std::string token;  // QR text; only of a card made on the spot
  contract::ShownState state;
  Day first_valid;
  Day last_valid;
  int children = 0;
  std::string municipality;
  std::string recovery_code;  // for the letter: eight characters, or empty where there is none
  std::optional<ledger::Ref> handover{};
};

// Faults are told at their field: /card (unreadable, unknown, used, other office's, void,
// replaced), /birth_year (under_age), /postcode (unknown, outside the network), /municipality
// (asked for when a postcode lies in several), /issued_on. The caller has to be an issuer worker.
Result<Registered> register_card(ledger::WriteTx& tx, RegisterCard const& request,
                                 domain::Caller const& caller);

// What register_card would refuse today, asked without writing.
Result<void> check_registration(ledger::ReadTx& tx, RegisterCard const& request,
                                domain::Caller const& caller, Day today);

// What a page asks first, with nothing but the card: may this office register it? Writes nothing.
Result<tables::Card> find_registrable(ledger::ReadTx& tx, domain::GivenCard const& given,
                                      domain::Caller const& caller);

// A card that may not be registered since the caller's own office has given it already; it has not
// been replaced. nullopt for any other.
struct GivenHere {
  CardId card;
  contract::CardCode code;
  contract::ShownState state;
  Day last_valid;
  std::optional<Day> blocked_on;
};
std::optional<GivenHere> given_here(ledger::ReadTx& tx, domain::GivenCard const& given,
                                    domain::Caller const& caller, Day today);

}  // namespace kaiku::use_cases
