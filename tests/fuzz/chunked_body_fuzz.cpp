#include "server/http/framing.hpp"
#include "tests/fuzz/input.hpp"

using namespace kaiku;

// A chunked body gives the same bytes and the same end however it is cut; never more than its
// limit.
int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
  using Verdict = http::ChunkedBody::Verdict;
  constexpr std::size_t limit = 256;
  auto const input = fuzz::text_of_input(bytes, size);
  http::ChunkedBody at_once(limit);
  std::string body;
  std::size_t used = 0;
  auto const whole = at_once.take(input, used, body);
  fuzz::require(used <= size && body.size() <= limit);
  http::ChunkedBody stepwise(limit);
  std::string collected;
  std::size_t taken = 0;
  auto verdict = Verdict::need_more;
  while (taken < size && verdict == Verdict::need_more) {
    std::size_t now = 0;
    verdict = stepwise.take(input.substr(taken, 1), now, collected);
    taken += now;
    if (now == 0) break;
  }
  fuzz::require(verdict == whole);
  if (whole == Verdict::whole) fuzz::require(collected == body && taken == used);
  return 0;
}
