// A screenful as cells: what the layout draws and the terminal paints, and what tests read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kaiku::kiosk {

enum class Style { plain, strong, dim, bar, good, warning, not_now };

struct Cell {
  char32_t character = U' ';
  Style style = Style::plain;
  bool operator==(Cell const&) const = default;
};

struct Size {
  int columns = 80;
  int rows = 24;
};

// Which characters a terminal can show: all of ours, those of Latin-1, or ASCII alone.
enum class Glyphs { full, latin, ascii };

class Frame {
 public:
  explicit Frame(Size size)
      : size_(size), cells_(static_cast<std::size_t>(size.columns * size.rows)) {}

  // Writes UTF-8 from a cell on, cut at the right edge; characters that are no single plain cell
  // (controls, wide, bidirectional) become '?', so that no text of a server moves the cursor.
  // Returns the column after the text.
  int put(int row, int column, std::string_view text, Style style = Style::plain);
  void put_right(int row, int end_column, std::string_view text, Style style = Style::plain);
  void fill(int row, int from, int to, char32_t character, Style style);

  Size size() const { return size_; }
  Cell const& at(int row, int column) const;
  // One row as UTF-8, without the blanks at its end.
  std::string row_text(int row) const;
  // All rows, a line each; empty ones at the end left out.
  std::string text() const;
  // The same picture with characters that the terminal has.
  Frame shown_with(Glyphs glyphs) const;

 private:
  std::size_t index(int row, int column) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(size_.columns) +
           static_cast<std::size_t>(column);
  }
  Size size_;
  std::vector<Cell> cells_;
};

// Cells that a UTF-8 text takes.
int width_of(std::string_view text);
// At most `columns` cells, with … at the end of what was cut.
std::string cut_to(std::string_view text, int columns);
// Capital letters of ASCII and Latin-1, for headings.
std::string in_capitals(std::string_view text);
std::u32string decode_utf8(std::string_view text);
std::string encode_utf8(std::u32string_view text);

}  // namespace kaiku::kiosk
