#include "schema/contract/card_token.hpp"
#include "tests/fuzz/input.hpp"

using namespace kaiku;

// A token that parses is taken for a token, and never for a typed code.
int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
  auto const text = fuzz::text_of_input(bytes, size);
  auto const token = contract::parse_card_token(text);
  auto const input = contract::parse_card_input(text);
  if (!token) return 0;
  fuzz::require(input && std::holds_alternative<contract::UnverifiedToken>(*input));
  fuzz::require(token->encoded.size() <= 120);
  return 0;
}
