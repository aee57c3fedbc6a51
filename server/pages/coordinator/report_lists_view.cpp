#include "server/pages/coordinator/report_lists_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/pages/coordinator/figures_address.hpp"

namespace kaiku::pages {
namespace {

Data row_data(ReportList const& model, ReportListRow const& row) {
  Data data("name", row.name);
  data.set("href", text_or_nothing(row.href));
  std::vector<Data> cells;
  for (std::size_t at = 0; at < row.cells.size(); ++at) {
    Data cell("column", model.columns.at(at + 1));
    cell.set("text", row.cells[at]);
    cells.push_back(cell);
  }
  data.set("cells", list_of(cells));
  return data;
}

// Paper has no links, so it names the list that is shown beside what else it was narrowed to.
void put_steps(Page& page, ReportList const& model) {
  auto& values = page.values;
  std::vector<Data> steps;
  for (auto const& step : model.steps) {
    Data data("label", step.label);
    data.set("href", text_or_nothing(step.href));
    steps.push_back(data);
    if (step.href.empty()) page.narrowed_to.push_back(model.steps_label + ": " + step.label);
  }
  values.set("has_steps", !steps.empty());
  values.set("steps", list_of(steps));
  values.set("steps_label", model.steps_label);
  values.set("step", text_or_nothing(model.step));
}

}  // namespace

Page report_list_page(Frame const& frame, ReportList const& model) {
  Page page{.title = model.title, .body = embedded::report_list};
  auto& values = page.values;
  values.set("back", figures_address("/figures", "", model.area));
  values.set("title", model.title);
  values.set("intro", model.intro);
  values.set("path", model.path);
  values.set("area", model.areas.empty()
                         ? Data(false)
                         : filter_choice(page, {.id = "area",
                                                .label = in(frame.language, Text::figures_area),
                                                .options = model.areas,
                                                .chosen = model.area}));
  put_steps(page, model);
  std::vector<Data> columns;
  for (auto const& column : model.columns) columns.emplace_back("column", column);
  values.set("columns", list_of(columns));
  std::vector<Data> rows;
  for (auto const& row : model.rows) rows.push_back(row_data(model, row));
  values.set("has_rows", !rows.empty());
  values.set("rows", list_of(rows));
  values.set("count", text_or_nothing(model.count));
  values.set("empty", model.empty);
  values.set("more", text_or_nothing(model.more));
  return page;
}

}  // namespace kaiku::pages
