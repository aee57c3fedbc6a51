// The list of card batches, from plain values.
#pragma once

#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct BatchRow {
  std::string href;
  std::string name;
  std::string area;
  std::string made_on;
  std::string count;
  std::string left;
  std::string with;  // which offices
};
struct OfficeStockRow {
  std::string href;
  std::string name;
  std::string left;
  bool is_little = false;
};
struct BatchesPage {
  std::string count;
  std::vector<BatchRow> rows;
  std::vector<OfficeStockRow> offices;  // of one area
  std::string more;                     // address of the next rows, empty for none
  std::vector<Option> areas;            // to choose from; empty where there is nothing to choose
  std::string area;                     // the chosen one
};
Page batches_page(Frame const& frame, BatchesPage const& model);

}  // namespace kaiku::pages
