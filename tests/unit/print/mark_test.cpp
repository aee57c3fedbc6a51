#include "server/print/mark.hpp"

#include <gtest/gtest.h>

#include <cstring>

#include "tests/unit/print/sample.hpp"

namespace kaiku::print {
namespace {

std::uint32_t pixel_of(Mark const& mark, int x, int y) {
  cairo_surface_t* const picture = mark.picture();
  std::uint32_t pixel = 0;
  std::memcpy(
      &pixel,
      cairo_image_surface_get_data(picture) + y * cairo_image_surface_get_stride(picture) + x * 4,
      4);
  return pixel;
}

TEST(Mark, is_of_one_colour_whatever_the_picture_had) {
  auto const mark = sample::mark();
  EXPECT_EQ(pixel_of(mark, 60, 40), 0xFF000000U) << "black stays black";
  EXPECT_EQ(pixel_of(mark, 60, 5), 0U) << "white is paper";
  EXPECT_EQ(pixel_of(mark, 0, 0), 0U) << "what is transparent is paper";
  auto const blue = pixel_of(mark, 5, 40);
  EXPECT_EQ(blue & 0xFFFFFF, 0U) << "a colour is a shade of black";
  EXPECT_NEAR(blue >> 24, 255 * (1 - 0.1 * 0.299 - 0.3 * 0.587 - 0.6 * 0.114), 2);
}

TEST(Mark, refuses_what_is_no_small_sound_png) {
  std::string const start("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16);
  std::string const small("\0\0\0\1\0\0\0\1", 8);
  std::string const huge("\0\0\xFF\xFF\0\0\xFF\xFF", 8);
  std::string const nothing("\0\0\0\0\0\0\0\0", 8);
  for (std::string const& bytes : {std::string(), std::string("GIF89a"), start, start + small,
                                   start + huge + "\x8\6", start + nothing}) {
    EXPECT_FALSE(Mark::from_png(bytes_of(bytes))) << bytes.size();
  }
}

}  // namespace
}  // namespace kaiku::print
