#include "schema/contract/plain_redemption.hpp"

#include <nlohmann/json.hpp>

#include "tests/fuzz/input.hpp"

using namespace kaiku;

// What the quick reader takes, the strict one reads the same; what it leaves, the strict one
// judges.
int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
  auto const input = fuzz::text_of_input(bytes, size);
  auto const json = codec::parse_json(input);
  auto const strict = json ? contract::read_redemption_request(*json) : json.error();
  auto const either = contract::read_redemption_text(input);
  fuzz::require(either.has_value() == strict.has_value());
  if (auto const plain = contract::read_plain_redemption(input)) {
    fuzz::require(strict && contract::to_json(*plain) == contract::to_json(*strict));
  }
  return 0;
}
