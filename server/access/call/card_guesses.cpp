#include "server/access/call/card_guesses.hpp"

namespace kaiku::access {
namespace {

// An agent sells for many venues, and one of them misreads its list: each counts by itself.
Counted typed_by(domain::Caller const& caller, VenueId venue) {
  auto const at = caller.role == domain::Role::agent ? venue.value : 0;
  return {Brake::typed_code, brake_key({caller.actor.text(), std::to_string(at)})};
}

}  // namespace

Result<void> may_type(Call const& call, contract::CardInput const& card, VenueId venue) {
  if (!contract::is_typed(card)) return {};
  return call.services().brakes.may(typed_by(call.caller(), venue));
}

void note_miss(Call const& call, contract::CardInput const& card, VenueId venue) {
  if (contract::is_typed(card)) call.services().brakes.missed(typed_by(call.caller(), venue));
}

Result<void> may_type(Call const& call, domain::GivenCard const& card) {
  if (!card.is_typed()) return {};
  return call.services().brakes.may(typed_by(call.caller(), {}));
}

void note_miss(Call const& call, domain::GivenCard const& card) {
  if (card.is_typed()) call.services().brakes.missed(typed_by(call.caller(), {}));
}

Result<void> may_search(Call const& call) {
  return call.services().brakes.may({Brake::card_search, brake_key({call.caller().actor.text()})});
}

void note_search(Call const& call) {
  call.services().brakes.missed({Brake::card_search, brake_key({call.caller().actor.text()})});
}

Result<void> may_try(Call const& call, Brake brake) {
  return call.services().brakes.may(
      {brake, brake_key({domain::network_of(call.address()).text()})});
}

void note_miss(Call const& call, Brake brake) {
  call.services().brakes.missed({brake, brake_key({domain::network_of(call.address()).text()})});
}

Error counted_miss(Call const& call, Brake brake, Error miss) {
  if (auto const allowed = may_try(call, brake); !allowed) return allowed.error();
  note_miss(call, brake);
  return miss;
}

Result<Try> begin_own_card(Call const& call, std::string_view card) {
  auto const input = contract::parse_card_input(card);
  auto const typed = input ? contract::code_of(*input).canonical() : std::string(card);
  return call.services().brakes.begin(
      {{Brake::own_card_network, brake_key({domain::network_of(call.address()).text()})},
       {Brake::own_card_code, brake_key({typed})}});
}

}  // namespace kaiku::access
