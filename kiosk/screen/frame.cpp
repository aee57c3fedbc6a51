#include "kiosk/screen/frame.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

namespace kaiku::kiosk {

namespace {

constexpr char32_t unknown = U'?';

bool is_combining(char32_t c) { return c >= 0x300 && c <= 0x36F; }

// Ranges whose characters take one cell and go from left to right.
bool is_plain_cell(char32_t c) {
  constexpr std::array<std::pair<char32_t, char32_t>, 10> ranges{{{0x20, 0x7E},
                                                                  {0xA0, 0xAC},
                                                                  {0xAE, 0x2FF},
                                                                  {0x370, 0x52F},
                                                                  {0x1E00, 0x1EFF},
                                                                  {0x2010, 0x2027},
                                                                  {0x2030, 0x205E},
                                                                  {0x20AC, 0x20AC},
                                                                  {0x2190, 0x21FF},
                                                                  {0x2212, 0x2212}}};
  if (c >= 0x2500 && c <= 0x25FF) return true;
  if (c == U'✓' || c == U'✕') return true;
  return std::any_of(ranges.begin(), ranges.end(),
                     [c](auto const& range) { return c >= range.first && c <= range.second; });
}

char32_t in_ascii(char32_t c) {
  constexpr std::array<std::pair<std::u32string_view, char32_t>, 26> same{
      {{U"╔╗╚╝┌┐└┘", U'+'}, {U"║│┊", U'|'},    {U"═", U'='},       {U"─┄–—−", U'-'},
       {U"✓", U'V'},        {U"✕×", U'x'},     {U"●•", U'*'},      {U"○", U'o'},
       {U"·", U'-'},        {U"…", U'.'},      {U"”“", U'\x22'},   {U"’‘", U'\x27'},
       {U"↑", U'^'},        {U"↓", U'v'},      {U"äåáàâãæ", U'a'}, {U"öóòôõøő", U'o'},
       {U"ÄÅÁÀÂÃÆ", U'A'},  {U"ÖÓÒÔÕØ", U'O'}, {U"éèêë", U'e'},    {U"ÉÈÊË", U'E'},
       {U"üúùû", U'u'},     {U"ÜÚÙÛ", U'U'},   {U"š", U's'},       {U"ž", U'z'},
       {U"č", U'c'},        {U"€", U'e'}}};
  if (c < 0x80) return c;
  for (auto const& [characters, letter] : same) {
    if (characters.find(c) != std::u32string_view::npos) return letter;
  }
  return unknown;
}

char32_t in_latin(char32_t c) { return c < 0x100 ? c : in_ascii(c); }

// The code point that starts at `at`, which is moved past it; U+FFFD for what is not UTF-8.
char32_t next_code_point(std::string_view text, std::size_t& at) {
  auto const byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  unsigned const first = byte(at++);
  if (first < 0x80) return first;
  int const more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC2 ? 1 : -1;
  if (more < 0 || first > 0xF4) return 0xFFFD;
  char32_t value = first & (0x3FU >> static_cast<unsigned>(more));
  for (int left = more; left > 0; --left) {
    if (at >= text.size() || (byte(at) & 0xC0U) != 0x80U) return 0xFFFD;
    value = (value << 6U) | (byte(at++) & 0x3FU);
  }
  return value;
}

}  // namespace

std::u32string decode_utf8(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) out += next_code_point(text, at);
  return out;
}

std::string encode_utf8(std::u32string_view text) {
  std::string out;
  auto const add = [&](char32_t byte) {
    out += static_cast<char>(static_cast<unsigned char>(byte));
  };
  for (char32_t const c : text) {
    if (c < 0x80) {
      add(c);
    } else if (c < 0x800) {
      add(0xC0U | (c >> 6U));
      add(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
      add(0xE0U | (c >> 12U));
      add(0x80U | ((c >> 6U) & 0x3FU));
      add(0x80U | (c & 0x3FU));
    } else {
      add(0xF0U | (c >> 18U));
      add(0x80U | ((c >> 12U) & 0x3FU));
      add(0x80U | ((c >> 6U) & 0x3FU));
      add(0x80U | (c & 0x3FU));
    }
  }
  return out;
}

int Frame::put(int row, int column, std::string_view text, Style style) {
  for (char32_t const c : decode_utf8(text)) {
    if (is_combining(c)) continue;
    if (row >= 0 && row < size_.rows && column >= 0 && column < size_.columns) {
      cells_[index(row, column)] = {is_plain_cell(c) ? c : unknown, style};
    }
    ++column;
  }
  return column;
}

void Frame::put_right(int row, int end_column, std::string_view text, Style style) {
  put(row, end_column - width_of(text), text, style);
}

void Frame::fill(int row, int from, int to, char32_t character, Style style) {
  if (row < 0 || row >= size_.rows) return;
  for (int column = std::max(from, 0); column < std::min(to, size_.columns); ++column) {
    cells_[index(row, column)] = {character, style};
  }
}

Cell const& Frame::at(int row, int column) const {
  assert(row >= 0 && row < size_.rows && column >= 0 && column < size_.columns);
  return cells_[index(row, column)];
}

std::string Frame::row_text(int row) const {
  std::u32string line;
  for (int column = 0; column < size_.columns; ++column) line += at(row, column).character;
  auto const end = line.find_last_not_of(U' ');
  line.resize(end == std::u32string::npos ? 0 : end + 1);
  return encode_utf8(line);
}

std::string Frame::text() const {
  std::string out;
  for (int row = 0; row < size_.rows; ++row) out += row_text(row) + "\n";
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

Frame Frame::shown_with(Glyphs glyphs) const {
  Frame other = *this;
  if (glyphs == Glyphs::full) return other;
  for (auto& cell : other.cells_) {
    cell.character = glyphs == Glyphs::ascii ? in_ascii(cell.character) : in_latin(cell.character);
  }
  return other;
}

int width_of(std::string_view text) {
  auto const points = decode_utf8(text);
  return static_cast<int>(
      std::count_if(points.begin(), points.end(), [](char32_t c) { return !is_combining(c); }));
}

std::string cut_to(std::string_view text, int columns) {
  if (width_of(text) <= columns) return std::string(text);
  if (columns <= 0) return {};
  auto points = decode_utf8(text);
  points.resize(static_cast<std::size_t>(columns - 1));
  while (!points.empty() && points.back() == U' ') points.pop_back();
  return encode_utf8(points + U"…");
}

std::string in_capitals(std::string_view text) {
  auto points = decode_utf8(text);
  for (auto& c : points) {
    bool const latin = c >= 0xE0 && c <= 0xFE && c != 0xF7;
    if ((c >= U'a' && c <= U'z') || latin) c -= 0x20;
  }
  return encode_utf8(points);
}

}  // namespace kaiku::kiosk
