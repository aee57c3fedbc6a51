#include "server/access/call/fresh_code.hpp"
#include "server/pages/coordinator/batch_view.hpp"
#include "server/pages/coordinator/batches.hpp"
#include "server/pages/coordinator/first_run.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/coordinator/print_layout.hpp"
#include "server/pages/coordinator/typed_range.hpp"
#include "server/pages/frame/code_field.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/page_state.hpp"

namespace kaiku::pages {
namespace {

std::string office_name(ledger::ReadTx& tx, OfficeId id) {
  auto const office = tables::find_office(tx, id);
  return office ? office->name : std::string();
}

RangeRow free_row(ledger::ReadTx& tx, tables::CardBatch const& batch, std::int64_t from,
                  std::int64_t to, Language language) {
  auto const left = tables::in_stock_between(tx, batch.id, from, to);
  return {range_text(batch.id, from, to), "", "", stock_text(language, left), ""};
}

// All positions in their order, those that nobody has in between.
std::vector<RangeRow> rows_of(ledger::ReadTx& tx, tables::CardBatch const& batch,
                              Language language) {
  std::vector<RangeRow> rows;
  std::int64_t next = 1;
  for (auto const& range : tables::ranges_of(tx, batch.id)) {
    if (range.from > next) rows.push_back(free_row(tx, batch, next, range.from - 1, language));
    rows.push_back({range_text(batch.id, range.from, range.to), office_name(tx, range.office),
                    day_text(language, helsinki_day(range.handed_at)),
                    stock_text(language, range.in_stock),
                    batch_path(batch.id) + "/hand?range=" + std::to_string(range.from)});
    next = range.to + 1;
  }
  if (next <= batch.count) rows.push_back(free_row(tx, batch, next, batch.count, language));
  return rows;
}

std::string done_text(tables::CardBatch const& batch, FormValues const& told, Language language) {
  if (told["did"] == "made") {
    return fill(language, Text::batch_was_made,
                {{"batch", batch_text(batch.id)},
                 {"from", position_text(batch.id, 1)},
                 {"to", position_text(batch.id, batch.count)}});
  }
  if (told["did"] == "voided") {
    auto const n = static_cast<std::size_t>(told.number("n").value_or(0));
    return count_text(language, n, Text::batch_one_was_voided, Text::batch_was_voided);
  }
  return {};
}

// What the form of printing shows: as it was typed, else everything in the account's own layout.
Filled print_form(ledger::ReadTx& tx, access::Call const& call, tables::CardBatch const& batch,
                  FormValues const& told, bool is_held, Language language) {
  if (is_held) return {told, FormValues({}), {}, false};
  if (told["did"] == "refused") {
    auto faults = judge_typed_print(tx, batch, told, language).faults;
    if (!access::has_fresh_code(call, tx)) add_code_fault(faults, language, told["code"]);
    return {told, FormValues({}), std::move(faults), false};
  }
  auto pairs = pairs_of(tables::print_form_of(tx, AccountId{call.caller().actor.id}), language);
  pairs.emplace_back("from", "1");
  pairs.emplace_back("to", std::to_string(batch.count));
  pairs.emplace_back("as", "cards");
  return {FormValues(std::move(pairs)), FormValues({}), {}, false};
}

}  // namespace

Result<http::Response> get_batch(access::Call const& call, ledger::ReadTx& tx) {
  auto const batch = batch_in_path(call, tx);
  if (!batch) return batch.error();
  auto frame = network_frame(call, tx, batch->area);
  auto const language = frame.language;
  auto const path = batch_path(batch->id);
  auto const state = state_of(call, path);
  FormValues const told(state && !state->is_old ? state->told : http::FormPairs{});
  if (state && state->is_old) frame.notice = in(language, Text::k_old);
  if (told["code"] == "changed") frame.notice = in(language, Text::print_changed);
  BatchPage page;
  page.path = path;
  page.name = batch_text(batch->id);
  page.area = area_name(tx, batch->area, language);
  page.made_on = day_text(language, batch->made_on);
  page.count = number_text(language, batch->count);
  page.left = stock_text(language, batch->in_stock);
  page.done = done_text(*batch, told, language);
  if (told["did"] == "made") {
    page.next_step = next_step(call, tx, language, batch->area).value_or(Link{});
  }
  page.ranges = rows_of(tx, *batch, language);
  page.may_be_handed = use_cases::first_free_range(tx, *batch).has_value();
  page.may_be_printed = batch->in_stock > 0;
  page.print = print_form(tx, call, *batch, told, state && state->is_held, language);
  page.asks_code = !access::has_fresh_code(call, tx);
  FormValues const own(
      pairs_of(tables::print_form_of(tx, AccountId{call.caller().actor.id}), language));
  page.test = {std::string(own["spacing"]), std::string(own["right"]), std::string(own["down"])};
  return respond(frame, batch_page(frame, page));
}

}  // namespace kaiku::pages
