#include "server/pages/worker/stock.hpp"

#include "server/pages/frame/batch_words.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/worker/stock_view.hpp"
#include "server/pages/worker/worker_place.hpp"
#include "server/tables/stock.hpp"

namespace kaiku::pages {

Result<http::Response> get_stock(access::Call const& call, ledger::ReadTx& tx) {
  auto const place = worker_place(call, tx, address_of(call));
  if (!place) return place.error();
  auto const language = place->frame.language;
  StockPage page;
  for (auto const& range : tables::ranges_of(tx, place->office.id)) {
    page.left += range.in_stock;
    page.rows.push_back({range_text(range.batch, range.from, range.to),
                         day_text(language, helsinki_day(range.handed_at)),
                         number_text(language, range.to - range.from + 1),
                         number_text(language, range.in_stock)});
  }
  return respond(place->frame, stock_page(place->frame, page));
}

}  // namespace kaiku::pages
