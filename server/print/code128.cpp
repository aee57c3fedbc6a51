#include "server/print/code128.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <string>

namespace kaiku::print {
namespace {

constexpr std::size_t start_b = 104;
constexpr std::size_t stop = 106;
constexpr std::size_t check_modulus = 103;

// The standard's table 1: the widths of bar, space, bar, space, bar, space of each value.
constexpr std::array<std::string_view, 107> patterns{
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212",
    "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221",
    "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221",
    "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321",
    "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131",
    "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131",
    "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111",
    "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114",
    "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242",
    "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
    "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112"};

constexpr int width_of(char digit) { return digit - '0'; }

// Eleven modules (the stop has two more), and an even number of them dark: a slip of one digit
// does not compile.
constexpr bool is_sound(std::string_view pattern) {
  int all = 0;
  int dark = 0;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    all += width_of(pattern[at]);
    if (at % 2 == 0) dark += width_of(pattern[at]);
  }
  return pattern.size() == 7 ? all == 13 : pattern.size() == 6 && all == 11 && dark % 2 == 0;
}
static_assert(std::ranges::all_of(patterns, is_sound));

std::size_t value_of(char character) {
  assert(character >= ' ' && character <= '~');
  return static_cast<std::size_t>(character - ' ');
}

}  // namespace

std::vector<int> code128_widths(std::string_view text) {
  std::string bars(patterns[start_b]);
  std::size_t sum = start_b;
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto const value = value_of(text[at]);
    bars += patterns[value];
    sum += (at + 1) * value;
  }
  bars += patterns[sum % check_modulus];
  bars += patterns[stop];
  std::vector<int> widths(bars.size());
  std::ranges::transform(bars, widths.begin(), width_of);
  return widths;
}

double draw_code128(Canvas const& canvas, Point corner, double module_mm, double height_mm,
                    std::string_view text) {
  std::vector<Box> bars;
  int at = 0;
  bool dark = true;
  for (int const width : code128_widths(text)) {
    if (dark) bars.push_back({corner.x + at * module_mm, corner.y, width * module_mm, height_mm});
    at += width;
    dark = !dark;
  }
  canvas.fill(bars);
  return at * module_mm;
}

}  // namespace kaiku::print
