// Every PDF compared as a picture: how dark each patch of a page is, from 0 to 9, against the files
// in pictures/. After a change that is meant, KAIKU_PRINT_PICTURES_ANEW=1 writes them anew; look at
// the pages before (sample.hpp).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/unit/print/paper.hpp"
#include "tests/unit/print/sample.hpp"

namespace kaiku::print {
namespace {

// Patches of 5 mm on A4 and of 2.5 mm on a card: large enough that another version of the renderer
// sees the same, small enough that a moved line shows.
std::string patches_of(Picture const& picture, Size page) {
  double const side = page.width > 100 ? 5 : 2.5;
  std::string patches;
  for (double y = 0; y < page.height; y += side) {
    for (double x = 0; x < page.width; x += side) {
      // By the root: between paper and a line of text there are more steps than in a QR code.
      auto const level = 9 * std::sqrt(picture.ink_share({x, y, side, side}));
      patches += static_cast<char>('0' + std::lround(level));
    }
    patches += '\n';
  }
  return patches;
}

std::string patches_of(Paper const& paper) {
  std::string all;
  for (int page = 1; page <= paper.pages(); ++page) {
    all += patches_of(paper.picture(100, page), paper.page_size()) + '\n';
  }
  return all;
}

bool look_alike(std::string const& one, std::string const& other) {
  return std::ranges::equal(one, other, [](char a, char b) { return std::abs(a - b) <= 1; });
}

TEST(PrintedMatter, looks_as_it_did) {
  std::filesystem::path const folder = KAIKU_SOURCE_DIR "/tests/unit/print/pictures";
  for (auto const& printed : sample::everything()) {
    auto const file = folder / (printed.name + ".txt");
    auto const now = patches_of(Paper(printed.pdf));
    if (std::getenv("KAIKU_PRINT_PICTURES_ANEW") != nullptr) std::ofstream(file) << now;
    std::ifstream in(file);
    std::string const then{std::istreambuf_iterator<char>(in), {}};
    EXPECT_TRUE(look_alike(then, now)) << printed.name << " now:\n" << now;
  }
}

}  // namespace
}  // namespace kaiku::print
