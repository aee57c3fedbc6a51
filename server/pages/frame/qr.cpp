#include "server/pages/frame/qr.hpp"

#include <qrcodegen/qrcodegen.hpp>

namespace kaiku::pages {

std::string qr_svg(std::string_view text, std::string_view label) {
  auto const code =
      qrcodegen::QrCode::encodeText(std::string(text).c_str(), qrcodegen::QrCode::Ecc::MEDIUM);
  constexpr int quiet = 4;
  int const side = code.getSize() + 2 * quiet;
  std::string path;
  for (int y = 0; y < code.getSize(); ++y) {
    for (int x = 0; x < code.getSize(); ++x) {
      if (!code.getModule(x, y)) continue;
      int run = 1;
      while (x + run < code.getSize() && code.getModule(x + run, y)) ++run;
      path += "M" + std::to_string(x + quiet) + " " + std::to_string(y + quiet) + "h" +
              std::to_string(run) + "v1h-" + std::to_string(run) + "z";
      x += run - 1;
    }
  }
  auto const size = std::to_string(side);
  return "<svg class=\"qr\" role=\"img\" aria-label=\"" + std::string(label) + "\" viewBox=\"0 0 " +
         size + " " + size + "\" shape-rendering=\"crispEdges\"><path d=\"" + path + "\"/></svg>";
}

}  // namespace kaiku::pages
