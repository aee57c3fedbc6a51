#include "kiosk/device/forgetting.hpp"

#include <string.h>

#include <array>
#include <cstddef>

namespace kaiku::kiosk {

namespace {

// A hand-over to the server with its JSON and TLS reaches down less than half of this.
constexpr std::size_t depth = 96 * 1024;

}  // namespace

[[gnu::noinline]] void scrub_stack() {
  std::array<char, depth> below;  // NOLINT: overwritten whole
  ::explicit_bzero(below.data(), below.size());
}

void wipe(std::string& text) {
  text.resize(text.capacity());
  ::explicit_bzero(text.data(), text.size());
  text.clear();
}

}  // namespace kaiku::kiosk
