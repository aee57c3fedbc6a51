#include "server/use_cases/hand_range.hpp"

#include "server/domain/scope.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/network.hpp"

namespace kaiku::use_cases {
Error as_error(RangeFault fault) {
  switch (fault) {
    case RangeFault::order:
      return field_error("/to", FaultCode::out_of_range, "has to be at least the first position");
    case RangeFault::outside:
      return field_error("/to", FaultCode::out_of_range, "is beyond the end of the batch");
    case RangeFault::taken:
      return field_error("/from", FaultCode::taken, "has positions that an office has");
    case RangeFault::none_in_stock: break;
  }
  return Error(Problem::conflict, "no card of this range is still in stock");
}

JudgedRange judge_range(ledger::ReadTx& tx, tables::CardBatch const& batch, Range const& range) {
  JudgedRange judged;
  if (range.from > range.to) {
    judged.fault = RangeFault::order;
  } else if (range.from < 1 || range.to > batch.count) {
    judged.fault = RangeFault::outside;
  } else {
    judged.in_stock = tables::in_stock_between(tx, batch.id, range.from, range.to);
    if (judged.in_stock == 0) judged.fault = RangeFault::none_in_stock;
  }
  return judged;
}

JudgedRange judge_free_range(ledger::ReadTx& tx, tables::CardBatch const& batch,
                             Range const& range) {
  auto judged = judge_range(tx, batch, range);
  bool const is_range = !judged.fault || judged.fault == RangeFault::none_in_stock;
  if (!is_range) return judged;
  judged.taken_by = tables::range_across(tx, batch.id, range.from, range.to);
  if (judged.taken_by) judged.fault = RangeFault::taken;
  return judged;
}

std::optional<Range> first_free_range(ledger::ReadTx& tx, tables::CardBatch const& batch) {
  Range free{1, batch.count};
  for (auto const& range : tables::ranges_of(tx, batch.id)) {
    if (range.from > free.from) {
      free.to = range.from - 1;
      break;
    }
    free.from = range.to + 1;
  }
  if (free.from > free.to) return std::nullopt;
  return free;
}

Result<tables::CardBatch> own_batch(ledger::ReadTx& tx, BatchId id, domain::Caller const& caller) {
  auto batch = tables::find_batch(tx, id);
  if (!batch) return Error(Problem::not_found);
  auto const own = domain::require_area(caller, batch->area, domain::Named::in_path);
  if (!own) return own.error();
  return *std::move(batch);
}

Result<void> hand_range(ledger::WriteTx& tx, BatchId id, Range const& range, OfficeId office,
                        domain::Caller const& caller) {
  auto const batch = own_batch(tx, id, caller);
  if (!batch) return batch.error();
  auto const found = tables::find_office(tx, office);
  if (!found) return field_error("/office_id", FaultCode::not_found, "is no office");
  if (found->area != batch->area) {
    return field_error("/office_id", FaultCode::outside_area, "is not of the batch's area");
  }
  auto const judged = judge_free_range(tx, *batch, range);
  if (judged.fault) return as_error(*judged.fault);
  ledger::append(tx, caller.actor, ledger::StockHanded{id, range.from, range.to, office});
  return {};
}

}  // namespace kaiku::use_cases
