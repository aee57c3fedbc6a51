#include "server/print/canvas.hpp"

#include <pango/pangocairo.h>

#include <algorithm>
#include <memory>
#include <numbers>
#include <string>

#include "server/print/typefaces.hpp"

namespace kaiku::print {
namespace {

constexpr double points(double mm) { return mm * points_per_mm; }

using Layout = std::unique_ptr<PangoLayout, Unref>;

PangoAlignment alignment(Align align) {
  switch (align) {
    case Align::centre: return PANGO_ALIGN_CENTER;
    case Align::right: return PANGO_ALIGN_RIGHT;
    case Align::left: break;
  }
  return PANGO_ALIGN_LEFT;
}

Layout lay_out(PangoContext* type, TextStyle const& style, Markup const& words) {
  Layout layout(pango_layout_new(type));
  std::unique_ptr<PangoFontDescription, decltype(&pango_font_description_free)> const font(
      pango_font_description_new(), &pango_font_description_free);
  pango_font_description_set_family_static(font.get(), "Noto Sans");
  pango_font_description_set_weight(font.get(),
                                    style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(font.get(), style.points * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_alignment(layout.get(), alignment(style.align));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  // No ligatures: a "fi" of one glyph is copied and searched as a sign of its own.
  auto const markup = "<span font_features=\"liga=0\">" + words.text + "</span>";
  pango_layout_set_markup(layout.get(), markup.data(), static_cast<int>(markup.size()));
  return layout;
}

Layout lay_out(PangoContext* type, double width_mm, TextStyle const& style, Markup const& words) {
  Layout layout = lay_out(type, style, words);
  pango_layout_set_width(layout.get(), pango_units_from_double(points(width_mm)));
  return layout;
}

double height_mm(PangoLayout* layout) {
  int width = 0;
  int height = 0;
  pango_layout_get_size(layout, &width, &height);
  return pango_units_to_double(height) / points_per_mm;
}

}  // namespace

double Canvas::x(double mm) const { return points(origin_.x + mm); }
double Canvas::y(double mm) const { return points(origin_.y + mm); }

Canvas Canvas::shifted(Point by) const {
  Canvas other = *this;
  other.origin_ = origin_ + by;
  return other;
}

void Canvas::line(Point from, Point to, double width_mm) const {
  cairo_set_line_width(cairo_, points(width_mm));
  cairo_move_to(cairo_, x(from.x), y(from.y));
  cairo_line_to(cairo_, x(to.x), y(to.y));
  cairo_stroke(cairo_);
}

void Canvas::frame(Box const& box) const {
  cairo_set_line_width(cairo_, points(0.15));
  cairo_rectangle(cairo_, x(box.x), y(box.y), points(box.width), points(box.height));
  cairo_stroke(cairo_);
}

void Canvas::fill(std::vector<Box> const& boxes) const {
  for (Box const& box : boxes) {
    cairo_rectangle(cairo_, x(box.x), y(box.y), points(box.width), points(box.height));
  }
  cairo_fill(cairo_);
}

void Canvas::picture(cairo_surface_t* picture, Box const& box) const {
  double const width = cairo_image_surface_get_width(picture);
  double const height = cairo_image_surface_get_height(picture);
  double const scale = std::min(box.width / width, box.height / height);
  cairo_save(cairo_);
  cairo_translate(cairo_, x(box.x + box.width - width * scale), y(box.y));
  cairo_scale(cairo_, points(scale), points(scale));
  cairo_set_source_surface(cairo_, picture, 0, 0);
  cairo_paint(cairo_);
  cairo_restore(cairo_);
}

double Canvas::text(Point corner, double width, TextStyle const& style, Markup const& words) const {
  Layout const layout = lay_out(type_, width, style, words);
  cairo_move_to(cairo_, x(corner.x), y(corner.y));
  pango_cairo_show_layout(cairo_, layout.get());
  return height_mm(layout.get());
}

double Canvas::height_of(double width, TextStyle const& style, Markup const& words) const {
  return height_mm(lay_out(type_, width, style, words).get());
}

double Canvas::width_of(TextStyle const& style, Markup const& words) const {
  Layout const layout = lay_out(type_, style, words);
  int width = 0;
  pango_layout_get_size(layout.get(), &width, nullptr);
  return pango_units_to_double(width) / points_per_mm;
}

void Canvas::rising_text(Point corner, TextStyle const& style, Markup const& words) const {
  Layout const layout = lay_out(type_, style, words);
  cairo_save(cairo_);
  cairo_translate(cairo_, x(corner.x), y(corner.y));
  cairo_rotate(cairo_, -std::numbers::pi / 2);
  cairo_move_to(cairo_, 0, -points(height_mm(layout.get())));
  pango_cairo_show_layout(cairo_, layout.get());
  cairo_restore(cairo_);
}

Tagged::Tagged(Canvas const& canvas, char const* name) : cairo_(canvas.cairo_), name_(name) {
  cairo_tag_begin(cairo_, name_, "");
}
Tagged::~Tagged() { cairo_tag_end(cairo_, name_); }

}  // namespace kaiku::print
