#include "server/print/qr.hpp"

#include <qrcodegen/qrcodegen.hpp>
#include <string>
#include <vector>

namespace kaiku::print {
namespace {

using qrcodegen::QrCode;
using qrcodegen::QrSegment;

QrCode encode(std::string_view text, int least_version) {
  return QrCode::encodeSegments(QrSegment::makeSegments(std::string(text).c_str()),
                                QrCode::Ecc::MEDIUM, least_version);
}

void draw(Canvas const& canvas, Point corner, double module_mm, QrCode const& code) {
  std::vector<Box> boxes;
  for (int row = 0; row < code.getSize(); ++row) {
    for (int column = 0; column < code.getSize(); ++column) {
      int run = 0;
      while (code.getModule(column + run, row)) ++run;
      if (run == 0) continue;
      boxes.push_back(
          {corner.x + column * module_mm, corner.y + row * module_mm, run * module_mm, module_mm});
      column += run;
    }
  }
  canvas.fill(boxes);
}

}  // namespace

double draw_qr(Canvas const& canvas, Point corner, double module_mm, std::string_view text,
               int least_version) {
  auto const code = encode(text, least_version);
  draw(canvas, corner, module_mm, code);
  return code.getSize() * module_mm;
}

void draw_qr_of_side(Canvas const& canvas, Point corner, double side_mm, std::string_view text,
                     int least_version) {
  auto const code = encode(text, least_version);
  draw(canvas, corner, side_mm / code.getSize(), code);
}

}  // namespace kaiku::print
