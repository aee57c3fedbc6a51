// A QR code as inline SVG, for cards made on the spot.
#pragma once

#include <string>
#include <string_view>

namespace kaiku::pages {

// Level M, four modules of quiet zone; `label` is what a screen reader says.
std::string qr_svg(std::string_view text, std::string_view label);

}  // namespace kaiku::pages
