#include "server/print/parts_page.hpp"

namespace kaiku::print {
namespace {

constexpr double gap_in_part = 0.5;
constexpr double gap_between_parts = 4;

TextStyle heading_style(Part const& part, PartsStyle const& style) {
  return {.points = style.points * (part.is_title ? 1.7 : 1.15), .bold = true};
}
TextStyle text_style(PartsStyle const& style) { return {.points = style.points}; }

}  // namespace

double end_of_parts(Canvas const& canvas, std::vector<Part> const& parts, double top,
                    PartsStyle const& style) {
  for (Part const& part : parts) {
    top += canvas.height_of(style.width, heading_style(part, style), part.heading) + gap_in_part;
    top += canvas.height_of(style.width, text_style(style), part.text) + gap_between_parts;
  }
  return top;
}

double draw_parts(Canvas const& canvas, std::vector<Part> const& parts, double top,
                  PartsStyle const& style) {
  for (Part const& part : parts) {
    {
      Tagged const tag(canvas, part.is_title ? "H1" : "H2");
      top +=
          canvas.text({parts_left_mm, top}, style.width, heading_style(part, style), part.heading) +
          gap_in_part;
    }
    Tagged const tag(canvas, "P");
    top += canvas.text({parts_left_mm, top}, style.width, text_style(style), part.text) +
           gap_between_parts;
  }
  return top;
}

}  // namespace kaiku::print
