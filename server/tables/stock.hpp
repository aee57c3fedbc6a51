// Card stock on its way from a batch to an office: ranges, what is left of them, sheets.
#pragma once

#include <optional>
#include <vector>

#include "server/domain/caller.hpp"
#include "server/tables/cards.hpp"

namespace kaiku::tables {

// What an office has of a batch: positions, inclusive.
struct StockRange {
  BatchId batch;
  std::int64_t from = 0;
  std::int64_t to = 0;
  OfficeId office;
  Instant handed_at;
  std::int64_t in_stock = 0;
};
// In the order of their positions.
std::vector<StockRange> ranges_of(ledger::ReadTx& tx, BatchId batch);
// The newest first.
std::vector<StockRange> ranges_of(ledger::ReadTx& tx, OfficeId office);
// The first range that shares a position with this one.
std::optional<StockRange> range_across(ledger::ReadTx& tx, BatchId batch, std::int64_t from,
                                       std::int64_t to);

std::int64_t in_stock_at(ledger::ReadTx& tx, OfficeId office);
// Whether the area has stock that is with no office: each of its offices may give it out.
bool has_unplaced_stock(ledger::ReadTx& tx, AreaId const& area);
// Of a range: how many cards an office has given out, whatever became of them.
std::int64_t given_between(ledger::ReadTx& tx, BatchId batch, std::int64_t from, std::int64_t to);

// The newest first; `before`: the number of the batch that the page before ended with.
std::vector<CardBatch> newest_batches(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                      std::optional<std::int64_t> before, int limit);
std::int64_t count_batches(ledger::ReadTx& tx, std::optional<AreaId> const& area);

// A card that nobody has been given yet, as a sheet needs it.
struct StockCard {
  contract::CardCode code;
  std::int64_t position = 0;
  Digest token_hash{};
  Instant made_at;
};
std::vector<StockCard> stock_between(ledger::ReadTx& tx, BatchId batch, std::int64_t from,
                                     std::int64_t to);

// How somebody's printer takes a sheet; offsets in tenths of a millimetre.
struct PrintForm {
  bool has_gaps = true;
  int right_tenths = 0;
  int down_tenths = 0;
};
PrintForm print_form_of(ledger::ReadTx& tx, AccountId account);
void put_print_form(ledger::WriteTx& tx, AccountId account, PrintForm const& form);

}  // namespace kaiku::tables
