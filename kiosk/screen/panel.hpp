// A framed outcome: icon, words, border style and colour together, so that none of them alone
// carries the meaning.
#pragma once

#include <string>
#include <vector>

#include "kiosk/screen/frame.hpp"

namespace kaiku::kiosk {

enum class Border { double_line, single_line, dashed };

struct Panel {
  Border border = Border::single_line;
  Style style = Style::plain;
  std::string icon;     // "✓", "!", "✕" or empty
  std::string heading;  // shown in capitals
  std::vector<std::string> lines;
};

// Broken at spaces; a word that is too long alone is cut.
std::vector<std::string> wrapped(std::vector<std::string> const& lines, int columns);

// Draws it over the width from row `top`; returns the row below it.
int draw_panel(Frame& frame, int top, Panel const& panel);

}  // namespace kaiku::kiosk
