#include "kiosk/screen/panel.hpp"

#include <algorithm>

namespace kaiku::kiosk {

namespace {

constexpr int margin = 2;
constexpr int widest = 96;

struct Strokes {
  char32_t across;
  char32_t down;
  std::u32string_view corners;  // top left, top right, bottom left, bottom right
};

Strokes strokes_of(Border border) {
  switch (border) {
    case Border::double_line: return {U'═', U'║', U"╔╗╚╝"};
    case Border::single_line: return {U'─', U'│', U"┌┐└┘"};
    case Border::dashed: return {U'┄', U'┊', U"┄┄┄┄"};
  }
  return {U'-', U'|', U"++++"};
}

void draw_edge(Frame& frame, int row, int left, int right, Strokes const& strokes, bool top,
               Style style) {
  frame.fill(row, left, right, strokes.across, style);
  frame.fill(row, left, left + 1, strokes.corners[top ? 0 : 2], style);
  frame.fill(row, right - 1, right, strokes.corners[top ? 1 : 3], style);
}

}  // namespace

std::vector<std::string> wrapped(std::vector<std::string> const& lines, int columns) {
  std::vector<std::string> out;
  for (std::string_view rest : lines) {
    while (width_of(rest) > columns) {
      auto space = rest.rfind(' ');
      while (space != std::string_view::npos && width_of(rest.substr(0, space)) > columns) {
        space = space == 0 ? std::string_view::npos : rest.rfind(' ', space - 1);
      }
      if (space == std::string_view::npos) break;
      out.emplace_back(rest.substr(0, space));
      rest.remove_prefix(space + 1);
    }
    out.push_back(cut_to(rest, columns));
  }
  return out;
}

int draw_panel(Frame& frame, int top, Panel const& panel) {
  int const left = margin;
  int const right = std::min(frame.size().columns - margin, widest);
  auto const strokes = strokes_of(panel.border);
  auto const lines = wrapped(panel.lines, right - left - 5);
  int const bottom = top + 3 + static_cast<int>(lines.size());
  draw_edge(frame, top, left, right, strokes, true, panel.style);
  draw_edge(frame, bottom, left, right, strokes, false, panel.style);
  for (int row = top + 1; row < bottom; ++row) {
    frame.fill(row, left, left + 1, strokes.down, panel.style);
    frame.fill(row, right - 1, right, strokes.down, panel.style);
  }
  auto const icon = panel.icon.empty() ? std::string() : panel.icon + " ";
  auto const heading = cut_to(icon + in_capitals(panel.heading), right - left - 6);
  frame.put(top, left + 1, " " + heading + " ", panel.style);
  int row = top + 2;
  for (auto const& line : lines) frame.put(row++, left + 3, line);
  return bottom + 1;
}

}  // namespace kaiku::kiosk
