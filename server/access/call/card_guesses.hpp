// The brakes on guessing codes, for every handler that takes one from a person.
#pragma once

#include <string_view>

#include "schema/contract/card_token.hpp"
#include "server/access/call/call.hpp"
#include "server/access/identity/brakes.hpp"
#include "server/access/identity/limits.hpp"
#include "server/domain/given_card.hpp"

namespace kaiku::access {

// too_many_requests when the caller's misses are used up and the card is typed; a token cannot be
// guessed. `venue`: where an agent's misses are counted.
Result<void> may_type(Call const& call, contract::CardInput const& card, VenueId venue);
void note_miss(Call const& call, contract::CardInput const& card, VenueId venue);
// The same of what an office was given, card code or recovery code; all else is nobody's guess.
Result<void> may_type(Call const& call, domain::GivenCard const& card);
void note_miss(Call const& call, domain::GivenCard const& card);

// Searches for a card by what is known of its holder: each counts, whatever it finds.
Result<void> may_search(Call const& call);
void note_search(Call const& call);

// What somebody guesses who has not signed in yet (enrolment code, set-up link), by network.
Result<void> may_try(Call const& call, Brake brake);
void note_miss(Call const& call, Brake brake);
// What a miss of theirs is answered: `miss` itself, or too_many_requests once they are used up.
Error counted_miss(Call const& call, Brake brake, Error miss);
// A holder's own card, by its code and the year of birth: counted by network, and by the code as it
// was typed, whether or not somebody has it. Settle it as missed; let go of, it is given back.
Result<Try> begin_own_card(Call const& call, std::string_view card);

}  // namespace kaiku::access
