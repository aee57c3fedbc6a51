// How a sheet of cards is divided: A4, two columns of five places, numbered along the rows from the
// upper left corner.
#pragma once

#include <cstddef>

#include "server/print/card.hpp"
#include "server/print/units.hpp"

namespace kaiku::print {

inline constexpr std::size_t places_on_sheet = 10;
inline constexpr std::size_t columns_on_sheet = 2;
inline constexpr double largest_offset_mm = 5;

enum class Spacing { gaps, no_gaps };  // 10 mm between the columns, or nothing

// By how much the printer misses: to the right and downwards, −5 to 5 mm. Faces and backs shift
// alike, for a printer misses in a direction of its own.
struct Offset {
  double x_mm = 0;
  double y_mm = 0;
};

struct SheetForm {
  Spacing spacing = Spacing::gaps;
  Offset offset = {};
};

constexpr double column_left(Spacing spacing, std::size_t column) {
  double const gap = spacing == Spacing::gaps ? 10 : 0;
  double const left = (a4.width - 2 * card_size.width - gap) / 2;
  return left + (card_size.width + gap) * static_cast<double>(column);
}
constexpr double row_top(std::size_t row) {
  return (a4.height - 5 * card_size.height) / 2 + card_size.height * static_cast<double>(row);
}
static_assert(column_left(Spacing::gaps, 0) == 15 && column_left(Spacing::no_gaps, 0) == 20);
static_assert(row_top(0) == 13.5);

// The upper left corner of a place, 0 to 9.
constexpr Point place_corner(Spacing spacing, std::size_t place) {
  return {column_left(spacing, place % columns_on_sheet), row_top(place / columns_on_sheet)};
}
// Where the back of this place is once the sheet is turned over at its long edge.
constexpr Point back_corner(Spacing spacing, std::size_t place) {
  return place_corner(spacing, place - place % columns_on_sheet +
                                   (columns_on_sheet - 1 - place % columns_on_sheet));
}

}  // namespace kaiku::print
