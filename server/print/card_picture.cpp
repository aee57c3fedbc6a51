#include "server/print/card_picture.hpp"

#include <cairo.h>

#include <memory>
#include <stdexcept>

#include "server/print/qr.hpp"
#include "server/print/typefaces.hpp"

namespace kaiku::print {
namespace {

// Every module is as many whole pixels, so that its edges are sharp.
constexpr double pixels_per_mm = 8;
constexpr double module_mm = 1.5;
constexpr Size picture_size{90, 112};
constexpr double qr_side = module_mm * qr_modules(card_qr_version);
constexpr Point qr_corner{(picture_size.width - qr_side) / 2, 19};
static_assert(qr_corner.x >= module_mm * qr_quiet_modules, "a reader needs the light edge");

struct Release {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};

cairo_status_t append(void* bytes, unsigned char const* begin, unsigned size) {
  auto& out = *static_cast<Bytes*>(bytes);
  out.insert(out.end(), begin, begin + size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Bytes card_picture(Card const& card) {
  auto const pixels = [](double mm) { return static_cast<int>(mm * pixels_per_mm); };
  std::unique_ptr<cairo_surface_t, Release> const surface(cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, pixels(picture_size.width), pixels(picture_size.height)));
  std::unique_ptr<cairo_t, Release> const cairo(cairo_create(surface.get()));
  cairo_set_source_rgb(cairo.get(), 1, 1, 1);
  cairo_paint(cairo.get());
  cairo_set_source_rgb(cairo.get(), 0, 0, 0);
  cairo_scale(cairo.get(), pixels_per_mm / points_per_mm, pixels_per_mm / points_per_mm);

  auto const map = typefaces_in(KAIKU_TYPEFACES);
  auto const type = type_on_paper(map, contract::Language::fi);
  Canvas const canvas(cairo.get(), type.get());
  canvas.text({0, 4}, picture_size.width, {.points = 22, .bold = true, .align = Align::centre},
              plain("Kaiku"));
  draw_qr(canvas, qr_corner, module_mm, card.token(), card_qr_version);
  canvas.text({0, 98}, picture_size.width, {.points = 22, .align = Align::centre},
              code(card.code().text()));

  Bytes png;
  auto const written = cairo_surface_write_to_png_stream(surface.get(), append, &png);
  if (written != CAIRO_STATUS_SUCCESS) throw std::runtime_error(cairo_status_to_string(written));
  return png;
}

}  // namespace kaiku::print
