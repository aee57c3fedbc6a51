// Byte strings and their text forms.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kaiku {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<std::uint8_t const>;
template <std::size_t N>
using ByteArray = std::array<std::uint8_t, N>;
using Digest = ByteArray<32>;

inline ByteView bytes_of(std::string_view text) {
  return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}
inline std::string_view text_of(ByteView bytes) {
  return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

// Lower-case hexadecimal; reading takes both cases, nullopt for anything else.
std::string to_hex(ByteView bytes);
std::optional<Bytes> from_hex(std::string_view text);
// RFC 4648 section 4 (with padding) and section 5 without padding; strict: no white space, no
// non-zero trailing bits.
std::string to_base64(ByteView bytes);
std::optional<Bytes> from_base64(std::string_view text);
std::string to_base64url(ByteView bytes);
std::optional<Bytes> from_base64url(std::string_view text);
// RFC 4648 section 6, upper case, no padding; reading refuses lower case, padding and non-zero
// trailing bits.
std::string to_base32(ByteView bytes);
std::optional<Bytes> from_base32(std::string_view text);

}  // namespace kaiku
