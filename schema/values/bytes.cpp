#include "schema/values/bytes.hpp"

#include <algorithm>

#include "schema/values/ascii.hpp"

namespace kaiku {
namespace {

constexpr std::string_view hex_alphabet = "0123456789abcdef";
constexpr std::string_view base32_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view base64_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view base64url_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

using ReverseTable = std::array<std::int8_t, 256>;
constexpr ReverseTable reverse_of(std::string_view alphabet) {
  ReverseTable table{};
  table.fill(-1);
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    table[static_cast<std::uint8_t>(alphabet[i])] = static_cast<std::int8_t>(i);
  }
  return table;
}
constexpr ReverseTable base32_values = reverse_of(base32_alphabet);
constexpr ReverseTable base64_values = reverse_of(base64_alphabet);
constexpr ReverseTable base64url_values = reverse_of(base64url_alphabet);

// One loop for base32 (5 bits a character) and base64 (6 bits), most significant bits first.
std::string encode_bits(ByteView bytes, std::string_view alphabet, unsigned width) {
  std::string out;
  out.reserve((bytes.size() * 8 + width - 1) / width + 3);
  std::uint32_t const mask = (1U << width) - 1;
  std::uint32_t held = 0;
  unsigned count = 0;
  for (std::uint8_t const byte : bytes) {
    held = ((held << 8) | byte) & 0xffffU;
    count += 8;
    while (count >= width) {
      count -= width;
      out.push_back(alphabet[(held >> count) & mask]);
    }
  }
  if (count > 0) out.push_back(alphabet[(held << (width - count)) & mask]);
  return out;
}

// Refuses foreign characters, lengths that no byte string has, and left-over bits that are not
// zero.
std::optional<Bytes> decode_bits(std::string_view text, ReverseTable const& values,
                                 unsigned width) {
  Bytes out;
  out.reserve(text.size() * width / 8);
  std::uint32_t held = 0;
  unsigned count = 0;
  for (char const c : text) {
    std::int8_t const value = values[static_cast<std::uint8_t>(c)];
    if (value < 0) return std::nullopt;
    held = ((held << width) | static_cast<std::uint32_t>(value)) & 0xffffU;
    count += width;
    if (count >= 8) {
      count -= 8;
      out.push_back(static_cast<std::uint8_t>((held >> count) & 0xffU));
    }
  }
  if (count >= width) return std::nullopt;
  if ((held & ((1U << count) - 1)) != 0) return std::nullopt;
  return out;
}

}  // namespace

std::string to_hex(ByteView bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (std::uint8_t const byte : bytes) {
    out.push_back(hex_alphabet[byte >> 4]);
    out.push_back(hex_alphabet[byte & 0x0fU]);
  }
  return out;
}

std::optional<Bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  Bytes out;
  out.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    int const high = ascii::hex_value(text[i]);
    int const low = ascii::hex_value(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out.push_back(static_cast<std::uint8_t>(high * 16 + low));
  }
  return out;
}

std::string to_base64(ByteView bytes) {
  std::string out = encode_bits(bytes, base64_alphabet, 6);
  while (out.size() % 4 != 0) out.push_back('=');
  return out;
}

std::optional<Bytes> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  return decode_bits(text, base64_values, 6);
}

std::string to_base64url(ByteView bytes) { return encode_bits(bytes, base64url_alphabet, 6); }

std::optional<Bytes> from_base64url(std::string_view text) {
  return decode_bits(text, base64url_values, 6);
}

std::string to_base32(ByteView bytes) { return encode_bits(bytes, base32_alphabet, 5); }

std::optional<Bytes> from_base32(std::string_view text) {
  return decode_bits(text, base32_values, 5);
}

}  // namespace kaiku
