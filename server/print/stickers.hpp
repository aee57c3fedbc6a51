// Stickers with a card's code and QR, for cards that have none of their own or whose print is worn.
// Sheets of 21 labels of 63.5 x 38.1 mm on A4 (sold as L7160 and alike): the smallest common size
// that takes the QR as large as on the card with room around it.
#pragma once

#include <cstddef>
#include <vector>

#include "schema/contract/answers.hpp"
#include "schema/values/bytes.hpp"
#include "server/print/card.hpp"
#include "server/print/sheet_form.hpp"

namespace kaiku::print {

inline constexpr Size sticker_size{63.5, 38.1};
inline constexpr std::size_t sticker_columns = 3;
inline constexpr std::size_t stickers_on_sheet = 21;

// The upper left corner of a label, 0 to 20, numbered along the rows.
constexpr Point sticker_corner(std::size_t place) {
  constexpr double gap = 2.54;
  constexpr double left = (a4.width - 3 * sticker_size.width - 2 * gap) / 2;
  constexpr double top = (a4.height - 7 * sticker_size.height) / 2;
  std::size_t const row = place / sticker_columns;
  std::size_t const column = place % sticker_columns;
  return {left + (sticker_size.width + gap) * static_cast<double>(column),
          top + sticker_size.height * static_cast<double>(row)};
}

// One for each card, in their order. Asserts at least one card, and an offset in range.
Bytes sticker_sheets_pdf(std::vector<Card> const& cards, Offset offset,
                         contract::Language language);

}  // namespace kaiku::print
