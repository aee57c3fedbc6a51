#include "server/pages/worker/stock_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/domain/stock.hpp"

namespace kaiku::pages {

Page stock_page(Frame const& frame, StockPage const& model) {
  auto const language = frame.language;
  Page page{.title = std::string(in(language, Text::stock_title)), .body = embedded::stock};
  auto& values = page.values;
  auto const left = model.left == 1 ? Text::stock_left_one : Text::stock_left_many;
  values.set("left", fill(language, left, {{"n", number_text(language, model.left)}}));
  values.set("is_empty", model.left == 0);
  values.set("is_little", model.left > 0 && model.left < domain::little_stock);
  std::vector<Data> rows;
  for (auto const& row : model.rows) {
    Data data;
    data.set("cards", row.cards);
    data.set("handed_on", row.handed_on);
    data.set("count", row.count);
    data.set("left", row.left);
    rows.push_back(data);
  }
  values.set("has_rows", !rows.empty());
  values.set("rows", list_of(rows));
  return page;
}

}  // namespace kaiku::pages
