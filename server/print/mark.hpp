// An area's mark: a small picture in one colour, black.
#pragma once

#include <cairo.h>

#include <memory>
#include <utility>

#include "schema/values/bytes.hpp"
#include "schema/values/result.hpp"

namespace kaiku::print {

class Mark {
 public:
  static constexpr int largest_side_px = 2000;

  // What is dark and opaque in the PNG becomes ink, colours become grey. Problem::unreadable for
  // anything else than a PNG, or one with a side of more than 2,000 pixels.
  static Result<Mark> from_png(ByteView png);

  cairo_surface_t* picture() const { return picture_.get(); }

 private:
  explicit Mark(std::shared_ptr<cairo_surface_t> picture) : picture_(std::move(picture)) {}

  // Shared, and never changed: a document that shows it on every card holds it once.
  std::shared_ptr<cairo_surface_t> picture_;
};

}  // namespace kaiku::print
