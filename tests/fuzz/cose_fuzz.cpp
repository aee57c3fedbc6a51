#include "schema/codec/cose.hpp"
#include "tests/fuzz/input.hpp"

using namespace kaiku;

// A message that parses has a signature of 64 bytes; no key of a stranger verifies it.
int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
  static auto const key = crypto::Ed25519PrivateKey::from_seed(ByteArray<32>{1}).public_key();
  auto const message = cose::parse_sign1(fuzz::bytes_of_input(bytes, size), 1024);
  if (!message) return 0;
  fuzz::require(message->signature.size() == 64);
  fuzz::require(!cose::verify(*message, key));
  return 0;
}
