// Places of the ledger: what stands at a sequence, and which one an instant means.
#pragma once

#include <cstdint>
#include <optional>

#include "schema/values/bytes.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

// What stands at a place of the ledger (RFC 6962 leaf hash); nullopt beyond its end. Two histories
// of one installation differ in it.
std::optional<Digest> leaf_at(ledger::ReadTx& tx, std::int64_t sequence);
// When the first entry was recorded; only of a ledger that has one.
Instant began_at(ledger::ReadTx& tx);
// The last entry recorded at or before an instant; 0 when there is none. Where the wall clock was
// set back over the instant, an entry by then whose next one is behind it.
std::int64_t sequence_at(ledger::ReadTx& tx, Instant at);

}  // namespace kaiku::tables
