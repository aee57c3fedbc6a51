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

// Draws it over the width from row `top`; returns the row below it.
int draw_panel(Frame& frame, int top, Panel const& panel);

}  // namespace kaiku::kiosk
