// A4 pages of short parts, each a heading with a paragraph below: letters and instructions.
#pragma once

#include <vector>

#include "server/print/canvas.hpp"

namespace kaiku::print {

struct Part {
  Markup heading;
  Markup text;
  bool is_title = false;  // the page's first, in larger type
};

inline constexpr double parts_left_mm = 25;
inline constexpr double parts_top_mm = 20;
inline constexpr double parts_width_mm = 155;

struct PartsStyle {
  double points = 12;  // of the paragraphs
  double width = parts_width_mm;
};

// Where a part that follows them would begin, when they begin at `top`.
double end_of_parts(Canvas const& canvas, std::vector<Part> const& parts, double top,
                    PartsStyle const& style);
// The same, and draws them.
double draw_parts(Canvas const& canvas, std::vector<Part> const& parts, double top,
                  PartsStyle const& style);

}  // namespace kaiku::print
