// What a sheet has around its cards, so that it can be cut and told from others.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "server/print/canvas.hpp"
#include "server/print/sheet_form.hpp"

namespace kaiku::print {

// The canvas with the offset in force; asserts that it is in range.
Canvas moved(Canvas const& canvas, Offset offset);

// Where to cut, never on a place: for the whole sheet, or for one place (0 to 9) alone.
void draw_crop_marks(Canvas const& canvas, Spacing spacing);
void draw_crop_marks(Canvas const& canvas, Spacing spacing, std::size_t place);

// The cards of one sheet out of many, in their order.
struct SheetPart {
  std::span<Card const> cards;
  std::size_t page = 1;
  std::size_t pages = 1;
};
std::vector<SheetPart> divided(std::vector<Card> const& cards, std::size_t places);

// Two lines of small type at two corners: batch and positions (none for cards that were made on the
// spot); the page, and that it is to be printed at full size.
void draw_sheet_head(Canvas const& canvas, SheetPart const& part, Point batch_at, Point page_at,
                     contract::Language language);

}  // namespace kaiku::print
