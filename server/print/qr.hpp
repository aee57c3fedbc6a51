// QR codes (ISO/IEC 18004) on paper.
#pragma once

#include <string_view>

#include "server/print/canvas.hpp"

namespace kaiku::print {

// The light edge that a reader needs, in modules.
inline constexpr int qr_quiet_modules = 4;
// The modules of a side, without that edge, of a code of one version.
constexpr int qr_modules(int version) { return 17 + 4 * version; }

// A card's: a text of every length that a token has fits, so all cards look alike.
inline constexpr int card_qr_version = 8;
inline constexpr double card_qr_side_mm = 26;
inline constexpr double card_qr_module_mm = card_qr_side_mm / qr_modules(card_qr_version);

// At level M or better. The corner is that of the dark modules; gives the side in mm without the
// light edge, for which the caller leaves room.
double draw_qr(Canvas const& canvas, Point corner, double module_mm, std::string_view text,
               int least_version = 1);
// The same with the side given instead of the module.
void draw_qr_of_side(Canvas const& canvas, Point corner, double side_mm, std::string_view text,
                     int least_version = 1);

}  // namespace kaiku::print
