// Numbered batches of pre-printed cards, worth nothing until an office registers them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/contract/card_token.hpp"
#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/tables/cards.hpp"

namespace kaiku::use_cases {

// What one person may make alone, of one day of Helsinki: two orders are no way around it.
inline constexpr std::int64_t cards_a_day_without_approval = 500;
// More the writer would be busy with for too long, whoever approves.
inline constexpr std::int64_t most_cards_of_a_batch = 5'000;
// batch_too_large with a fault at /count. Programs of the server's own (the demo) are no person.
Result<void> may_stock(ledger::ReadTx& tx, std::int64_t count, domain::Caller const& caller,
                       Day today);

struct StockCard {
  ledger::Ref ref{};
  contract::CardCode code;
  std::string token;
};
// Made beside the writer: drawing and signing 500 cards takes some 30 ms.
struct DrawnBatch {
  BatchId number;  // free when it was drawn; `stock_cards` signs anew when it is taken meanwhile
  AreaId area;
  Instant signed_at;
  std::vector<StockCard> cards;
};
DrawnBatch draw_batch(keys::KeyRing const& keys, Random& random, BatchId number, AreaId const& area,
                      std::int64_t count, Instant now);

struct StockedBatch {
  BatchId batch;
  std::int64_t sequence = 0;
  std::vector<StockCard> cards;
};
// As `may_stock` says.
Result<StockedBatch> stock_cards(ledger::WriteTx& tx, DrawnBatch drawn,
                                 std::optional<OfficeId> office, domain::Caller const& caller);
// Of a second person's act, who has approved it (approvals.hpp).
StockedBatch stock_approved_cards(ledger::WriteTx& tx, DrawnBatch drawn,
                                  std::optional<OfficeId> office, domain::Caller const& caller);

// Which area a batch for this office (or for the caller's area) is made for. Problem::forbidden for
// an office outside the caller's scope, a fault at /office_id or /area_id for unknown ones.
Result<AreaId> area_for_batch(ledger::ReadTx& tx, std::optional<OfficeId> office,
                              std::optional<AreaId> const& area, domain::Caller const& caller);

// Cards of a range that are still in stock become void; others stay as they are.
Result<std::int64_t> void_stock(ledger::WriteTx& tx, BatchId batch, std::int64_t from,
                                std::int64_t to, domain::Caller const& caller,
                                std::optional<domain::VoidReason> reason = std::nullopt);

}  // namespace kaiku::use_cases
