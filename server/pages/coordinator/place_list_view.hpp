// A list of places (areas, offices, venues) with the way to each and to a new one, from plain
// values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct PlaceRow {
  std::string href;
  std::string name;
  std::vector<std::string> cells;  // one for each further column
};
struct PlaceList {
  std::string title;
  std::string count;                 // "6 toimipistettä"
  std::vector<std::string> columns;  // the name's first
  std::vector<PlaceRow> rows;        // all of them, in order; a page of the list shows fifty
  std::string empty;                 // said instead of the rows where there are none
  std::string make_href;             // empty for those who may not make one
  std::string make_label;
  std::string path;           // of the list itself: the filter's form
  std::vector<Option> areas;  // to choose from; none: no filter
  std::string area;
  std::int64_t page = 1;
};
Page place_list_page(Frame const& frame, PlaceList const& model);

}  // namespace kaiku::pages
