#include "server/tables/ledger_places.hpp"

#include "server/ledger/merkle.hpp"

namespace kaiku::tables {

std::optional<Digest> leaf_at(ledger::ReadTx& tx, std::int64_t sequence) {
  auto query = tx.prepare("SELECT entry FROM ledger WHERE seq = ?1");
  query.with(sequence);
  if (!query.step()) return std::nullopt;
  return ledger::merkle::leaf_hash(query.blob(0));
}

std::int64_t sequence_at(ledger::ReadTx& tx, Instant at) {
  // Recorded times follow the wall clock as read, so that the newest entry of that time is meant.
  auto query = tx.prepare("SELECT COALESCE(MAX(seq), 0) FROM ledger WHERE recorded_at_us <= ?1");
  query.with(at);
  query.step();
  return query.integer(0);
}

}  // namespace kaiku::tables
