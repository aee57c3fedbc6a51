#include "server/pages/coordinator/place_list_view.hpp"

#include <algorithm>

#include "pages/embedded_assets.hpp"

namespace kaiku::pages {
namespace {

constexpr std::int64_t rows_a_page = 50;

Data row_data(PlaceList const& model, PlaceRow const& row) {
  Data data;
  data.set("href", row.href);
  data.set("name", row.name);
  std::vector<Data> cells;
  for (std::size_t at = 0; at < row.cells.size(); ++at) {
    Data cell;
    cell.set("column", model.columns.at(at + 1));
    cell.set("text", row.cells[at]);
    cells.push_back(cell);
  }
  data.set("cells", list_of(cells));
  return data;
}

std::string address_of_page(PlaceList const& model, std::int64_t number) {
  auto address = model.path + "?page=" + std::to_string(number);
  if (!model.area.empty()) address += "&area=" + model.area;
  return address;
}

}  // namespace

Page place_list_page(Frame const& frame, PlaceList const& model) {
  Page page{.title = model.title, .body = embedded::place_list};
  auto& values = page.values;
  values.set("title", model.title);
  values.set("count", model.count);
  values.set("empty", model.empty);
  values.set("make_href", text_or_nothing(model.make_href));
  values.set("make_label", model.make_label);
  values.set("path", model.path);
  values.set("has_filter", !model.areas.empty());
  if (!model.areas.empty()) {
    values.set("filter", filter_choice(page, {.id = "area",
                                              .label = in(frame.language, Text::place_area),
                                              .options = model.areas,
                                              .chosen = model.area}));
  }
  std::vector<Data> columns;
  for (auto const& column : model.columns) columns.emplace_back("column", column);
  values.set("columns", list_of(columns));
  auto const all = static_cast<std::int64_t>(model.rows.size());
  auto const last_page = std::max<std::int64_t>(1, (all + rows_a_page - 1) / rows_a_page);
  auto const number = std::clamp<std::int64_t>(model.page, 1, last_page);
  std::vector<Data> rows;
  for (auto at = (number - 1) * rows_a_page; at < std::min(all, number * rows_a_page); ++at) {
    rows.push_back(row_data(model, model.rows[static_cast<std::size_t>(at)]));
  }
  values.set("has_rows", !rows.empty());
  values.set("rows", list_of(rows));
  auto const other = [&](char const* name, std::int64_t page_number, bool is_there) {
    values.set(name, is_there ? Data(address_of_page(model, page_number)) : Data(false));
  };
  other("earlier", number - 1, number > 1);
  other("later", number + 1, number < last_page);
  values.set("has_pages", last_page > 1);
  return page;
}

}  // namespace kaiku::pages
