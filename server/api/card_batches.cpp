#include <nlohmann/json.hpp>

#include "server/api/approvals.hpp"
#include "server/api/cards.hpp"
#include "server/api/network_fields.hpp"
#include "server/api/replies.hpp"
#include "server/domain/stock.hpp"
#include "server/use_cases/approvals.hpp"
#include "server/use_cases/hand_range.hpp"
#include "server/use_cases/stock_cards.hpp"

namespace kaiku::api {
namespace {

struct BatchRequest {
  std::int64_t count = 0;
  std::optional<OfficeId> office;
  std::optional<AreaId> area;
};

Result<BatchRequest> read_batch_request(access::Call const& call) {
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  BatchRequest request;
  request.count = fields.integer("count", {1, 60'000});
  request.office = fields.optional_id<OfficeId>("office_id");
  request.area = read_optional_area_id(fields, "area_id");
  if (auto const good = fields.finish(); !good) return good.error();
  return request;
}

// Of an order that fitted into the day only when the writer came to it.
use_cases::DrawnBatch draw_here(ledger::WriteTx& tx, AreaId const& area, std::int64_t count) {
  auto const number = BatchId{tables::last_batch_number(tx) + 1};
  return use_cases::draw_batch(tx.keys(), tx.random(), number, area, count, tx.now());
}

nlohmann::json to_json(tables::CardBatch const& batch) {
  nlohmann::json json{{"id", batch.id.value},
                      {"area_id", batch.area.value},
                      {"count", batch.count},
                      {"made_on", to_iso(batch.made_on)},
                      {"in_stock", domain::down_to_tens(batch.in_stock)}};
  if (batch.office) json["office_id"] = batch.office->value;
  return json;
}

}  // namespace

Result<access::Work> prepare_card_batch(access::Call const& call, ledger::ReadTx& tx) {
  auto const request = read_batch_request(call);
  if (!request) return request.error();
  auto const area = use_cases::area_for_batch(tx, request->office, request->area, call.caller());
  if (!area) return area.error();
  // What waits for a second person is drawn once that has approved it.
  if (!use_cases::may_stock(tx, request->count, call.caller(), call.today())) {
    return access::Work();
  }
  auto const number = BatchId{tables::last_batch_number(tx) + 1};
  auto& services = call.services();
  return access::Work([&services, number, area = *area, count = request->count, now = call.now()] {
    return std::any(
        use_cases::draw_batch(services.keys, services.random, number, area, count, now));
  });
}

Result<http::Response> post_card_batch(access::Call& call, ledger::WriteTx& tx) {
  auto const request = read_batch_request(call);
  if (!request) return request.error();
  auto const area = use_cases::area_for_batch(tx, request->office, request->area, call.caller());
  if (!area) return area.error();
  if (!use_cases::may_stock(tx, request->count, call.caller(), call.today())) {
    use_cases::AskedBatch const asked{*area, request->office, request->count};
    auto const approval = use_cases::ask_for_batch(tx, asked, call.caller());
    if (!approval) return approval.error();
    return waits_for_approval(tables::find_approval(tx, *approval).value(), call.today());
  }
  auto drawn = call.prepared.has_value()
                   ? std::any_cast<use_cases::DrawnBatch>(std::move(call.prepared))
                   : draw_here(tx, *area, request->count);
  auto const batch = use_cases::stock_cards(tx, std::move(drawn), request->office, call.caller());
  if (!batch) return batch.error();
  nlohmann::json cards = nlohmann::json::array();
  std::int64_t position = 0;
  for (auto const& card : batch->cards) {
    cards.push_back({{"position", ++position}, {"code", card.code.text()}, {"token", card.token}});
  }
  nlohmann::json body{{"id", batch->batch.value},
                      {"area_id", area->value},
                      {"count", request->count},
                      {"cards", std::move(cards)}};
  if (request->office) body["office_id"] = request->office->value;
  return created(body, "/api/v1/card-batches/" + std::to_string(batch->batch.value));
}

Result<http::Response> get_card_batches(access::Call const& call, ledger::ReadTx& tx) {
  auto const page = page_of(call);
  if (!page) return page.error();
  auto const rows = tables::list_batches(tx, call.caller().area, page->after, page->limit);
  return ok(list_of(call, rows, *page, [](auto const& row) { return to_json(row); }));
}

Result<http::Response> get_card_batch(access::Call const& call, ledger::ReadTx& tx) {
  auto const id = call.id<BatchId>(0);
  if (!id) return id.error();
  auto const batch = use_cases::own_batch(tx, *id, call.caller());
  if (!batch) return batch.error();
  return ok(to_json(*batch));
}

Result<http::Response> post_card_batch_void(access::Call& call, ledger::WriteTx& tx) {
  auto const id = call.id<BatchId>(0);
  if (!id) return id.error();
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  auto const from = fields.integer("from", {1, 65'535});
  auto const to = fields.integer("to", {1, 65'535});
  if (auto const good = fields.finish(); !good) return good.error();
  auto const voided = use_cases::void_stock(tx, *id, from, to, call.caller());
  if (!voided) return voided.error();
  return created({{"batch_id", id->value}, {"from", from}, {"to", to}, {"voided", *voided}});
}

}  // namespace kaiku::api
