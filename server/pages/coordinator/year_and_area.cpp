#include "server/pages/coordinator/year_and_area.hpp"

namespace kaiku::pages {

void put_year_and_area(Frame const& frame, Page& page, YearAndArea const& chosen) {
  auto const text = [&](Text key) { return in(frame.language, key); };
  page.values.set("year", filter_choice(page, {.id = "year",
                                               .label = text(Text::figures_year),
                                               .options = chosen.years,
                                               .chosen = chosen.year}));
  if (chosen.areas.empty()) {
    page.values.set("area", Data(false));
    return;
  }
  page.values.set("area", filter_choice(page, {.id = "area",
                                               .label = text(Text::figures_area),
                                               .options = chosen.areas,
                                               .chosen = chosen.area}));
}

}  // namespace kaiku::pages
