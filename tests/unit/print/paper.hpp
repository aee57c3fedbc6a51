// A PDF as others read it: through poppler's programs, and a reader of codes (zbar).
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "schema/values/bytes.hpp"
#include "server/print/units.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kaiku::print {

// A page in shades of grey.
class Picture {
 public:
  Picture(int width, int height, double dpi, std::vector<std::uint8_t> grey);

  // What is dark in the area, in millimetres from the page's corner.
  Box ink_in(Box const& area) const;
  Picture part(Box const& area) const;
  // A grey PGM.
  void write(std::string const& file) const;
  // 0 white, 1 black.
  double ink_share(Box const& area) const;
  // The middles of the dark columns (rows) in the area, in millimetres: thin lines.
  std::vector<double> upright_lines_in(Box const& area) const;
  std::vector<double> level_lines_in(Box const& area) const;

 private:
  bool is_dark(int x, int y) const;
  int pixel(double mm) const;
  double mm(double pixel) const;

  int width_;
  int height_;
  double dpi_;
  std::vector<std::uint8_t> grey_;
};

struct Word {
  std::string text;
  Box box;
};

class Paper {
 public:
  explicit Paper(Bytes const& pdf);

  int pages() const;
  Size page_size() const;
  // A line of `pdfinfo`, empty when it is not there.
  std::string about(std::string const& name) const;
  // White space of any kind is one space.
  std::string text(int page = 1) const;
  std::vector<Word> words(int page = 1) const;
  Picture picture(double dpi, int page = 1) const;
  // "QR-Code:KK1…", "CODE-128:…": all that zbar finds in each area of a page printed at 200 dpi, or
  // on all of it.
  std::vector<std::set<std::string>> codes_in(std::vector<Box> const& areas, int page = 1) const;
  std::set<std::string> codes(int page = 1) const;
  // A line for each typeface, as `pdffonts` tells of it.
  std::vector<std::string> typefaces() const;
  // The names of its tags, a blank after each.
  std::string structure() const;
  bool is_sound() const;  // qpdf --check
  std::string catalogue() const;

 private:
  test::TemporaryFolder folder_;
  std::string file_;
};

}  // namespace kaiku::print
