// The two choices that every page of figures begins with.
#pragma once

#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"

namespace kaiku::pages {

struct YearAndArea {
  std::vector<Option> const& years;
  std::string const& year;
  std::vector<Option> const& areas;  // empty: the reader has one area only
  std::string const& area;
};
// `year` and `area`; on paper what was chosen stands in their place.
void put_year_and_area(Frame const& frame, Page& page, YearAndArea const& chosen);

}  // namespace kaiku::pages
