#include "schema/values/utf8.hpp"

#include <algorithm>

namespace kaiku {
namespace {

struct Shape {
  std::size_t length;
  unsigned second_least;
  unsigned second_most;
};

// RFC 3629 section 4: the bounds of the second byte rule out overlong forms and surrogates.
Shape shape_of(unsigned first) {
  if (first < 0x80) return {1, 0, 0};
  if (first < 0xC2) return {0, 0, 0};
  if (first < 0xE0) return {2, 0x80, 0xBF};
  if (first == 0xE0) return {3, 0xA0, 0xBF};
  if (first == 0xED) return {3, 0x80, 0x9F};
  if (first < 0xF0) return {3, 0x80, 0xBF};
  if (first == 0xF0) return {4, 0x90, 0xBF};
  if (first < 0xF4) return {4, 0x80, 0xBF};
  if (first == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

unsigned byte_at(std::string_view text, std::size_t index) {
  return static_cast<unsigned char>(text[index]);
}

}  // namespace

std::size_t utf8_sequence(std::string_view text) {
  if (text.empty()) return 0;
  auto const shape = shape_of(byte_at(text, 0));
  if (shape.length <= 1) return shape.length;
  if (text.size() < shape.length) return 0;
  auto const second = byte_at(text, 1);
  if (second < shape.second_least || second > shape.second_most) return 0;
  for (std::size_t i = 2; i < shape.length; ++i) {
    if ((byte_at(text, i) & 0xC0U) != 0x80U) return 0;
  }
  return shape.length;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    auto const length = utf8_sequence(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::size_t code_points_in(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace kaiku
