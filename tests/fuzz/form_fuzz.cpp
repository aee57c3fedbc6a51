#include "server/http/form.hpp"
#include "tests/fuzz/input.hpp"

using namespace kaiku;

int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
  auto const input = fuzz::text_of_input(bytes, size);
  auto const pairs = http::parse_form(input);
  if (pairs) fuzz::require(pairs->size() <= http::max_form_pairs);
  auto const decoded = http::percent_decode(input);
  if (decoded) fuzz::require(decoded->size() <= size);
  return 0;
}
