// What libFuzzer hands over, as the parsers take it; and an assertion that stays on in every build.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "schema/values/bytes.hpp"

namespace kaiku::fuzz {

inline ByteView bytes_of_input(std::uint8_t const* bytes, std::size_t size) {
  return {bytes, size};
}
inline std::string_view text_of_input(std::uint8_t const* bytes, std::size_t size) {
  return {reinterpret_cast<char const*>(bytes), size};
}
inline void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace kaiku::fuzz

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size);
