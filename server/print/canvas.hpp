// One page to draw on, black on white, in millimetres from a corner.
#pragma once

#include <cairo.h>
#include <pango/pango.h>

#include <string_view>
#include <vector>

#include "server/print/markup.hpp"
#include "server/print/units.hpp"

namespace kaiku::print {

enum class Align { left, centre, right };

struct TextStyle {
  double points = 12;
  bool bold = false;
  Align align = Align::left;
};

class Canvas {
 public:
  // Neither is owned: the document that gave the canvas has to outlive it.
  Canvas(cairo_t* cairo, PangoContext* type) : cairo_(cairo), type_(type) {}

  // The same page, measured from another corner.
  Canvas shifted(Point by) const;

  void line(Point from, Point to, double width_mm = 0.15) const;
  void frame(Box const& box) const;
  // All of them in one path: where two touch, no seam is seen.
  void fill(std::vector<Box> const& boxes) const;
  // As large as fits, in the upper right corner of the box.
  void picture(cairo_surface_t* picture, Box const& box) const;

  // Lines ragged at the end, broken at the width (in mm); gives the height in mm.
  double text(Point corner, double width, TextStyle const& style, Markup const& words) const;
  double height_of(double width, TextStyle const& style, Markup const& words) const;
  // In mm, of words that stand on one line.
  double width_of(TextStyle const& style, Markup const& words) const;
  // From below upwards, one line; the corner is its lower left one.
  void rising_text(Point corner, TextStyle const& style, Markup const& words) const;

 private:
  friend class Tagged;
  double x(double mm) const;
  double y(double mm) const;

  cairo_t* cairo_;
  PangoContext* type_;
  Point origin_;
};

// Names what is drawn while it lives for those who have the page read out: "H1", "P" …
// (ISO 32000-1, section 14.8.4).
class Tagged {
 public:
  Tagged(Canvas const& canvas, char const* name);
  ~Tagged();
  Tagged(Tagged const&) = delete;
  Tagged& operator=(Tagged const&) = delete;

 private:
  cairo_t* cairo_;
  char const* name_;
};

}  // namespace kaiku::print
