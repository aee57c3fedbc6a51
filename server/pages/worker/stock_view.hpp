// An office's own card stock, from plain values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct StockRangeRow {
  std::string cards;  // "0042-0001–0042-0050"
  std::string handed_on;
  std::string count;
  std::string left;
};
struct StockPage {
  std::int64_t left = 0;  // of all ranges
  std::vector<StockRangeRow> rows;
};
Page stock_page(Frame const& frame, StockPage const& model);

}  // namespace kaiku::pages
