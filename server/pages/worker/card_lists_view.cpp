#include "server/pages/worker/card_lists_view.hpp"

#include "pages/embedded_assets.hpp"

namespace kaiku::pages {

Page card_list_page(Frame const& frame, CardListModel const& model) {
  Page page{.title = model.heading, .body = embedded::card_list};
  std::vector<Data> rows;
  for (auto const& row : model.rows) {
    Data entry;
    entry.set("address", row.address);
    entry.set("short_code", row.short_code);
    entry.set("last_valid", row.last_valid);
    entry.set("open", fill(frame.language, Text::handover_open_card, {{"short", row.short_code}}));
    rows.push_back(entry);
  }
  auto& values = page.values;
  values.set("heading", model.heading);
  values.set("about", model.about);
  values.set("none", model.rows.empty() ? Data(model.none) : Data(false));
  values.set("any", !model.rows.empty());
  values.set("rows", list_of(rows));
  values.set("more", text_or_nothing(model.more));
  values.set("chooses", !model.months.empty());
  values.set("month", select_field({.id = "month",
                                    .label = in(frame.language, Text::expiring_when),
                                    .options = model.months,
                                    .chosen = model.month}));
  return page;
}

}  // namespace kaiku::pages
