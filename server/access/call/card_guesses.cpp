#include "server/access/call/card_guesses.hpp"

#include "server/access/identity/limits.hpp"

namespace kaiku::access {

Result<void> may_type(Call const& call, contract::CardInput const& card, VenueId venue) {
  if (!contract::is_typed(card)) return {};
  return call.services().guesses.may_type(call.caller(), venue);
}

void note_miss(Call const& call, contract::CardInput const& card, VenueId venue) {
  if (contract::is_typed(card)) call.services().guesses.missed(call.caller(), venue);
}

Result<void> may_type(Call const& call, std::string_view card, VenueId venue) {
  auto const input = contract::parse_card_input(card);
  return input ? may_type(call, *input, venue) : Result<void>();
}

void note_miss(Call const& call, std::string_view card, VenueId venue) {
  if (auto const input = contract::parse_card_input(card)) note_miss(call, *input, venue);
}

}  // namespace kaiku::access
