// Who has read what, from the entries of the ledger themselves.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "server/domain/caller.hpp"
#include "server/domain/card_reads.hpp"
#include "server/ledger/ref.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

struct CardReading {
  std::int64_t seq = 0;
  Instant at;
  domain::Actor actor;
  domain::ReadKind kind = domain::ReadKind::look;
  std::optional<ledger::Ref> card;  // none of a list or a sheet, nor once it is erased
  std::int64_t cards = 1;           // how many a list or a sheet showed
  std::optional<BatchId> batch;     // of a sheet
};
// Those of two days, inclusive; the newest first.
void for_each_card_reading(ledger::ReadTx& tx, Day from, Day to,
                           std::function<void(CardReading const&)> const& each);

// Whether sheets of some batch of the area were printed.
bool has_printed_sheets(ledger::ReadTx& tx, AreaId const& area);

// Those of a holder's cards, since the holder has them: the newest first, those before `before`.
std::vector<CardReading> readings_of_holder(ledger::ReadTx& tx, LineageId holder,
                                            std::optional<std::int64_t> before, int limit);

}  // namespace kaiku::tables
