#include "server/http/framing.hpp"
#include "tests/fuzz/input.hpp"

using namespace kaiku;

// A head is judged alike whether it comes at once or byte by byte.
int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
  using Verdict = http::HeadScanner::Verdict;
  auto const input = fuzz::text_of_input(bytes, size);
  http::FramingLimits const limits;
  http::HeadScanner at_once(limits);
  auto const whole = at_once.scan(input);
  http::HeadScanner stepwise(limits);
  auto verdict = Verdict::need_more;
  for (std::size_t to = 1; to <= input.size() && verdict == Verdict::need_more; ++to) {
    verdict = stepwise.scan(input.substr(0, to));
  }
  fuzz::require(whole == verdict);
  if (whole != Verdict::whole) return 0;
  fuzz::require(at_once.head_size() == stepwise.head_size() && at_once.head_size() <= size);
  http::HeadFacts facts;
  auto const problem = http::check_head(at_once.head_in(input), limits, facts);
  if (!problem) fuzz::require(!(facts.chunked && facts.content_length));
  return 0;
}
