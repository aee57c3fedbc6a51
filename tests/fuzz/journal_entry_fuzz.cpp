#include <algorithm>

#include "schema/contract/journal_entry.hpp"
#include "tests/fuzz/input.hpp"

using namespace kaiku;

// One entry has one encoding: what decodes, encodes to the same bytes.
int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
  auto const input = fuzz::bytes_of_input(bytes, size);
  auto const entry = contract::decode_journal_entry(input);
  if (entry) fuzz::require(std::ranges::equal(contract::encode(*entry), input));
  return 0;
}
