#include "schema/codec/cbor.hpp"
#include "tests/fuzz/input.hpp"

using namespace kaiku;

// What `validate` takes, a reader takes as one whole item, and the other way round.
int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
  auto const input = fuzz::bytes_of_input(bytes, size);
  auto const valid = cbor::validate(input, cbor::ledger_entry_limit).has_value();
  cbor::Reader reader(input, cbor::ledger_entry_limit);
  auto const item = reader.any();
  fuzz::require(valid == (item && reader.finish()));
  return 0;
}
