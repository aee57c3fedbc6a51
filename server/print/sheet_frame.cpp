#include "server/print/sheet_frame.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <initializer_list>
#include <string>

#include "server/print/texts.hpp"

namespace kaiku::print {
namespace {

// A mark keeps off the cards, and off the edge of the paper where printers do not reach.
constexpr double mark_off = 2;
constexpr double mark_length = 5;
constexpr double mark_off_between = 3;

constexpr std::size_t rows = places_on_sheet / columns_on_sheet;

// An edge that two cards share is drawn for both, one line on the other.
void draw_column_marks(Canvas const& canvas, Spacing spacing, std::size_t column) {
  double const left = column_left(spacing, column);
  for (double const x : {left, left + card_size.width}) {
    canvas.line({x, row_top(0) - mark_off - mark_length}, {x, row_top(0) - mark_off});
    canvas.line({x, row_top(rows) + mark_off}, {x, row_top(rows) + mark_off + mark_length});
  }
}

void draw_row_marks(Canvas const& canvas, Spacing spacing, std::size_t row) {
  double const left = column_left(spacing, 0);
  double const right = column_left(spacing, 1) + card_size.width;
  for (double const y : {row_top(row), row_top(row + 1)}) {
    canvas.line({left - mark_off - mark_length, y}, {left - mark_off, y});
    canvas.line({right + mark_off, y}, {right + mark_off + mark_length, y});
    if (spacing == Spacing::no_gaps) continue;
    canvas.line({left + card_size.width + mark_off_between, y},
                {column_left(spacing, 1) - mark_off_between, y});
  }
}

}  // namespace

Canvas moved(Canvas const& canvas, Offset offset) {
  assert(std::abs(offset.x_mm) <= largest_offset_mm && std::abs(offset.y_mm) <= largest_offset_mm);
  return canvas.shifted({offset.x_mm, offset.y_mm});
}

void draw_crop_marks(Canvas const& canvas, Spacing spacing) {
  for (std::size_t column = 0; column < columns_on_sheet; ++column) {
    draw_column_marks(canvas, spacing, column);
  }
  for (std::size_t row = 0; row < rows; ++row) draw_row_marks(canvas, spacing, row);
}

void draw_crop_marks(Canvas const& canvas, Spacing spacing, std::size_t place) {
  draw_column_marks(canvas, spacing, place % columns_on_sheet);
  draw_row_marks(canvas, spacing, place / columns_on_sheet);
}

std::vector<SheetPart> divided(std::vector<Card> const& cards, std::size_t places) {
  std::size_t const pages = (cards.size() + places - 1) / places;
  std::vector<SheetPart> parts;
  for (std::size_t page = 0; page < pages; ++page) {
    auto const first = page * places;
    auto const size = std::min(places, cards.size() - first);
    parts.push_back({std::span(cards).subspan(first, size), page + 1, pages});
  }
  return parts;
}

void draw_sheet_head(Canvas const& canvas, SheetPart const& part, Point batch_at, Point page_at,
                     contract::Language language) {
  constexpr TextStyle style{.points = 7};
  Card const& first = part.cards.front();
  if (first.stock()) {
    canvas.text(batch_at, card_size.width, style,
                fill(language, Text::sheet_cards,
                     {{"batch", plain(batch_text(first))},
                      {"first", plain(position_text(first))},
                      {"last", plain(position_text(part.cards.back()))}}));
  }
  Markup page = fill(
      language, Text::sheet_page,
      {{"page", plain(std::to_string(part.page))}, {"pages", plain(std::to_string(part.pages))}});
  page.text += " · " + plain(in(language, Text::sheet_full_size)).text;
  canvas.text(page_at, card_size.width, style, page);
}

}  // namespace kaiku::print
