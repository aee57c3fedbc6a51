#include "server/pages/coordinator/batches.hpp"

#include <set>

#include "server/domain/stock.hpp"
#include "server/pages/coordinator/batches_view.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/coordinator/typed_range.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/frame/name_order.hpp"

namespace kaiku::pages {
namespace {

constexpr int rows_a_page = 50;

std::string with_text(ledger::ReadTx& tx, BatchId batch, Language language) {
  std::set<OfficeId> offices;
  for (auto const& range : tables::ranges_of(tx, batch)) offices.insert(range.office);
  if (offices.empty()) return std::string(in(language, Text::batch_with_nobody));
  if (offices.size() == 1) {
    auto const office = tables::find_office(tx, *offices.begin());
    if (office) return office->name;
  }
  return count_text(language, offices.size(), Text::batch_with_one, Text::batch_with_many);
}

BatchRow row_of(ledger::ReadTx& tx, tables::CardBatch const& batch, Language language) {
  return {batch_path(batch.id),
          batch_text(batch.id),
          area_name(tx, batch.area, language),
          day_text(language, batch.made_on),
          number_text(language, batch.count),
          stock_text(language, batch.in_stock),
          with_text(tx, batch.id, language)};
}

std::vector<OfficeStockRow> stock_of(ledger::ReadTx& tx, AreaId const& area, Language language) {
  std::vector<OfficeStockRow> rows;
  for (auto const& office : tables::list_offices(tx, area, tables::every_row)) {
    auto const left = tables::in_stock_at(tx, office.id);
    rows.push_back({"/offices/" + std::to_string(office.id.value), office.name,
                    stock_text(language, left), left < domain::little_stock});
  }
  sort_by_name(rows, [](OfficeStockRow const& row) { return row.name; });
  return rows;
}

}  // namespace

Result<http::Response> get_batches(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const asked(std::move(*query));
  auto const frame = network_frame(call, tx);
  auto const language = frame.language;
  auto const area = area_asked_for(tx, call.caller(), asked["area"]);
  BatchesPage page;
  page.areas = area_choices(tx, call.caller(), language);
  if (call.caller().is_national() && area) page.area = area->value;
  page.count = count_text(language, static_cast<std::size_t>(tables::count_batches(tx, area)),
                          Text::batches_one, Text::batches_many);
  auto batches = tables::newest_batches(tx, area, asked.number("before"), rows_a_page + 1);
  if (batches.size() > rows_a_page) {
    batches.pop_back();
    page.more = "/batches?" +
                encoded({{"area", page.area}, {"before", std::to_string(batches.back().id.value)}});
  }
  for (auto const& batch : batches) page.rows.push_back(row_of(tx, batch, language));
  // Over all areas it would be a list of four hundred offices that nobody looks after.
  if (area) page.offices = stock_of(tx, *area, language);
  return respond(frame, batches_page(frame, page));
}

}  // namespace kaiku::pages
