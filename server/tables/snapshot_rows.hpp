// What the cards part of a snapshot is made from: cards with a stretched code, areas and voided
// stock, all of them or what changed after a ledger sequence.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "schema/contract/cards_snapshot.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

// The areas whose cards are good there alone, by id. Throws beyond 255, which a row's eight bits
// cannot name.
std::vector<AreaId> local_only_areas(ledger::ReadTx& tx);
// Ledger sequence of the newest entry on any area; 0 for none.
std::int64_t last_area_change(ledger::ReadTx& tx);

// `row.hash` is not set: it follows from `stretched` and the epoch's key. Cards whose last valid
// day is `dead_until` or earlier come without their child limit.
struct SnapshotCard {
  Digest stretched{};
  contract::CardRow row;
};
struct RowFrame {
  std::vector<AreaId> const& local_only_areas;
  Day dead_until;
};
// A row that only says that its card is over. Where the registration was undone the state says more
// than the days, of which there are none.
bool is_dead(contract::CardRow const& row, RowFrame const& frame);
void for_each_snapshot_card(ledger::ReadTx& tx, RowFrame const& frame,
                            std::function<void(SnapshotCard const&)> const& each);
// nullopt when the card has no stretched code.
std::optional<SnapshotCard> snapshot_card(ledger::ReadTx& tx, RowFrame const& frame, CardId card);

// Cards whose state, days, holder's facts or stretched code are newer than a sequence; at most
// `most`. A stretched code made while the ledger stood still counts for half an hour, and again as
// soon as the ledger goes on: a door that asks each minute has it, and is not told for ever.
std::vector<CardId> cards_changed_after(ledger::ReadTx& tx, std::int64_t sequence, Instant now,
                                        int most);
// Stretched codes that came after the ledger's last entry.
std::int64_t stretched_since_last_entry(ledger::ReadTx& tx);

// Consecutive void positions of stock; those voided after a sequence, 0 for all.
std::vector<contract::VoidRange> void_ranges(ledger::ReadTx& tx, std::int64_t after);

}  // namespace kaiku::tables
