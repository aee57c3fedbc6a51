// Code 128 (ISO/IEC 15417), for scanners that read no QR.
#pragma once

#include <string_view>
#include <vector>

#include "server/print/canvas.hpp"

namespace kaiku::print {

// The light edge that a reader needs on both sides, in modules.
inline constexpr int code128_quiet_modules = 10;

// A card's: wide enough for a scanner at arm's length and for a printer of 300 dots an inch.
inline constexpr double card_bar_module_mm = 0.4;
inline constexpr double card_bar_height_mm = 11;

// Code set B: widths in modules of bars and spaces in turn, a bar first and last. Texts of one
// length are of one width: 11 modules a character and 35 around them. Asserts printable ASCII.
std::vector<int> code128_widths(std::string_view text);

// The corner is that of the first bar; gives the width in mm without the light edges.
double draw_code128(Canvas const& canvas, Point corner, double module_mm, double height_mm,
                    std::string_view text);

}  // namespace kaiku::print
