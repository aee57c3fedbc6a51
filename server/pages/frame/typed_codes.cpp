#include "server/pages/frame/typed_codes.hpp"

#include <algorithm>
#include <variant>

#include "schema/contract/card_token.hpp"
#include "server/access/identity/limits.hpp"

namespace kaiku::pages {

bool is_typed_code(std::string_view card) {
  auto const input = contract::parse_card_input(card);
  return input && std::holds_alternative<contract::CardCode>(*input);
}

Result<void> may_type(access::Call const& call, std::string_view card, VenueId venue) {
  if (!is_typed_code(card)) return {};
  return call.services().guesses.may_type(call.caller(), venue);
}

void note_miss(access::Call const& call, std::string_view card, VenueId venue) {
  if (is_typed_code(card)) call.services().guesses.missed(call.caller(), venue);
}

std::string new_form_id(access::Call const& call) {
  return to_hex(call.services().random.bytes<16>());
}

bool is_form_id(std::string_view text) {
  return text.size() == 32 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

}  // namespace kaiku::pages
