#include "schema/contract/card_code.hpp"
#include "tests/fuzz/input.hpp"

using namespace kaiku;

// However it was typed, a code that is read prints as one that reads as itself.
int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
  auto const code = contract::CardCode::parse(fuzz::text_of_input(bytes, size));
  if (!code) return 0;
  auto const again = contract::CardCode::parse(code->text());
  fuzz::require(again && again->bits() == code->bits());
  fuzz::require(code->bits() < std::uint64_t{1} << 55);
  return 0;
}
