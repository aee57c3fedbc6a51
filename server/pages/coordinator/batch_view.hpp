// One batch: where its cards are, how it is printed, and the delivery note of a range, from plain
// values.
#pragma once

#include <string>
#include <vector>

#include "server/pages/coordinator/place_form_view.hpp"
#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct RangeRow {
  std::string cards;
  std::string office;  // empty: nobody has them
  std::string handed_on;
  std::string left;
  std::string note;  // address of its delivery note
};
// How a sheet is laid out, as it stands in the fields.
struct PrintLayout {
  std::string spacing;  // "gaps" or "no_gaps"
  std::string right;
  std::string down;
};
struct BatchPage {
  std::string path;
  std::string name;  // "0042"
  std::string area;
  std::string made_on;
  std::string count;
  std::string left;
  std::string done;     // what has just happened
  Link next_step = {};  // of the first run, told beside it; empty: none
  std::vector<RangeRow> ranges;
  bool may_be_handed = false;  // there are cards that nobody has
  bool may_be_printed = false;
  Filled print{FormValues({}), FormValues({}), {}, false};  // from, to, as, spacing, right, down
  bool asks_code = false;
  PrintLayout test;  // of the test print
};
Page batch_page(Frame const& frame, BatchPage const& model);

struct DeliveryNote {
  std::string path;  // of the batch
  std::string office;
  std::string area;
  std::string batch;
  std::string cards;
  std::string count;
  std::string handed_on;
  std::string printed;  // when this page was made
  std::string done;     // told first, right after
  Link next_step = {};  // of the first run, told beside it; empty: none
};
Page delivery_note_page(Frame const& frame, DeliveryNote const& model);

}  // namespace kaiku::pages
