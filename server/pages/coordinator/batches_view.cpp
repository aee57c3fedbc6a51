#include "server/pages/coordinator/batches_view.hpp"

#include "pages/embedded_assets.hpp"

namespace kaiku::pages {

Page batches_page(Frame const& frame, BatchesPage const& model) {
  Page page{.title = std::string(in(frame.language, Text::batches_title)),
            .body = embedded::batches};
  auto& values = page.values;
  values.set("count", model.count);
  values.set("new_address",
             model.area.empty() ? "/batches/new" : "/batches/new?area=" + model.area);
  values.set("has_areas", !model.areas.empty());
  values.set("area", filter_choice(page, {.id = "area",
                                          .label = in(frame.language, Text::place_area),
                                          .options = model.areas,
                                          .chosen = model.area}));
  std::vector<Data> rows;
  for (auto const& row : model.rows) {
    Data data;
    data.set("href", row.href);
    data.set("name", row.name);
    data.set("area", row.area);
    data.set("made_on", row.made_on);
    data.set("count", row.count);
    data.set("left", row.left);
    data.set("with", row.with);
    rows.push_back(data);
  }
  values.set("has_rows", !rows.empty());
  values.set("rows", list_of(rows));
  values.set("more", text_or_nothing(model.more));
  std::vector<Data> offices;
  for (auto const& office : model.offices) {
    Data data;
    data.set("href", office.href);
    data.set("name", office.name);
    data.set("left", office.left);
    auto const standing = office.is_little ? Text::batches_little : Text::batches_enough;
    data.set("standing", std::string(in(frame.language, standing)));
    data.set("is_little", office.is_little);
    offices.push_back(data);
  }
  values.set("has_offices", !offices.empty());
  values.set("offices", list_of(offices));
  return page;
}

}  // namespace kaiku::pages
