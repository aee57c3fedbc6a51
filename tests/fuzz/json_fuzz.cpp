#include <nlohmann/json.hpp>

#include "schema/contract/messages.hpp"
#include "tests/fuzz/input.hpp"

using namespace kaiku;

// Any text through the strict parser and the readers of both doors' messages; what a redemption is
// read from can be written and read again.
int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
  auto const json = codec::parse_json(fuzz::text_of_input(bytes, size));
  if (!json) return 0;
  (void)contract::read_check_request(*json);
  (void)contract::read_check_reply(*json);
  (void)contract::read_redemption_reply(*json);
  auto const request = contract::read_redemption_request(*json);
  if (!request) return 0;
  auto const again = contract::read_redemption_request(contract::to_json(*request));
  fuzz::require(again && again->idempotency_key == request->idempotency_key &&
                again->tickets == request->tickets && again->occurred_at == request->occurred_at);
  return 0;
}
