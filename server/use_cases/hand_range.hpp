// A range of a batch on its way to the office that gives the cards out.
#pragma once

#include <optional>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/tables/stock.hpp"

namespace kaiku::use_cases {

// Positions of a batch, inclusive.
struct Range {
  std::int64_t from = 0;
  std::int64_t to = 0;
};
// Of two numbers that somebody gave for a range of this batch.
enum class RangeFault { order, outside, taken, none_in_stock };
struct JudgedRange {
  std::optional<RangeFault> fault;
  std::optional<tables::StockRange> taken_by;  // with RangeFault::taken
  std::int64_t in_stock = 0;
};
// As the API says it: out_of_range or taken at /from or /to, conflict.
Error as_error(RangeFault fault);
// What is printed or voided may lie at an office.
JudgedRange judge_range(ledger::ReadTx& tx, tables::CardBatch const& batch, Range const& range);
// What is handed over may not.
JudgedRange judge_free_range(ledger::ReadTx& tx, tables::CardBatch const& batch,
                             Range const& range);
// Of the positions that no office has, the first ones that follow each other; nullopt: none are.
std::optional<Range> first_free_range(ledger::ReadTx& tx, tables::CardBatch const& batch);

// The batch, as the caller may see it; else not_found or forbidden, as the API says it.
Result<tables::CardBatch> own_batch(ledger::ReadTx& tx, BatchId id, domain::Caller const& caller);

// Field faults at /from, /to (out_of_range, taken) and /office_id (not_found, outside_area).
Result<void> hand_range(ledger::WriteTx& tx, BatchId batch, Range const& range, OfficeId office,
                        domain::Caller const& caller);

}  // namespace kaiku::use_cases
