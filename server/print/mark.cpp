#include "server/print/mark.hpp"

#include <algorithm>
#include <cstring>
#include <span>
#include <string_view>

namespace kaiku::print {
namespace {

using Surface = std::shared_ptr<cairo_surface_t>;

// The signature, then the header chunk with width and height (PNG specification, 5.2 and 11.2.2).
constexpr std::string_view png_start("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16);

std::uint32_t number_at(ByteView bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (auto const byte : bytes.subspan(at, 4)) number = number << 8 | byte;
  return number;
}

// Before a pixel is read: a few bytes can ask for gigabytes.
bool is_small_png(ByteView png) {
  constexpr std::size_t sides = png_start.size();
  if (!text_of(png).starts_with(png_start) || png.size() < sides + 8) return false;
  auto const fits = [](std::uint32_t side) { return side > 0 && side <= Mark::largest_side_px; };
  return fits(number_at(png, sides)) && fits(number_at(png, sides + 4));
}

cairo_status_t read_some(void* rest, unsigned char* out, unsigned size) {
  auto& bytes = *static_cast<ByteView*>(rest);
  if (bytes.size() < size) return CAIRO_STATUS_READ_ERROR;
  std::copy_n(bytes.begin(), size, out);
  bytes = bytes.subspan(size);
  return CAIRO_STATUS_SUCCESS;
}

// Premultiplied 0xAARRGGBB: the more light there is behind the same cover, the less ink (weights of
// ITU-R BT.601).
std::uint32_t ink_of(std::uint32_t pixel) {
  std::uint32_t const alpha = pixel >> 24;
  std::uint32_t const light =
      ((pixel >> 16 & 255) * 299 + (pixel >> 8 & 255) * 587 + (pixel & 255) * 114) / 1000;
  return (alpha - std::min(alpha, light)) << 24;
}

Surface in_black(Surface const& read) {
  int const width = cairo_image_surface_get_width(read.get());
  int const height = cairo_image_surface_get_height(read.get());
  Surface out(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height),
              &cairo_surface_destroy);
  // Whatever kind of pixel the file had, drawing makes them of one kind.
  cairo_t* const cairo = cairo_create(out.get());
  cairo_set_source_surface(cairo, read.get(), 0, 0);
  cairo_paint(cairo);
  cairo_destroy(cairo);
  cairo_surface_flush(out.get());
  auto* const data = cairo_image_surface_get_data(out.get());
  auto const size = static_cast<std::size_t>(cairo_image_surface_get_stride(out.get())) *
                    static_cast<std::size_t>(height);
  for (std::size_t at = 0; at < size; at += 4) {
    std::uint32_t pixel = 0;
    std::memcpy(&pixel, data + at, 4);
    pixel = ink_of(pixel);
    std::memcpy(data + at, &pixel, 4);
  }
  cairo_surface_mark_dirty(out.get());
  return out;
}

}  // namespace

Result<Mark> Mark::from_png(ByteView png) {
  if (!is_small_png(png)) return Error(Problem::unreadable, "not a PNG of at most 2,000 pixels");
  Surface const read(cairo_image_surface_create_from_png_stream(&read_some, &png),
                     &cairo_surface_destroy);
  if (cairo_surface_status(read.get()) != CAIRO_STATUS_SUCCESS) {
    return Error(Problem::unreadable, "a broken PNG");
  }
  return Mark(in_black(read));
}

}  // namespace kaiku::print
