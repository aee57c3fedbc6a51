#include "server/tables/ledger_places.hpp"

#include "server/ledger/merkle.hpp"

namespace kaiku::tables {

std::optional<Digest> leaf_at(ledger::ReadTx& tx, std::int64_t sequence) {
  auto query = tx.prepare("SELECT entry FROM ledger WHERE seq = ?1");
  query.with(sequence);
  if (!query.step()) return std::nullopt;
  return ledger::merkle::leaf_hash(query.blob(0));
}

// By halves, since entries of a month are many and none is left out. The places that are looked at
// do not depend on the end of the ledger: where the wall clock was set back and several places
// would do, it stays the same one.
Instant began_at(ledger::ReadTx& tx) {
  auto query = tx.prepare("SELECT recorded_at_us FROM ledger ORDER BY seq LIMIT 1");
  query.step();
  return Instant{query.integer(0)};
}

std::int64_t sequence_at(ledger::ReadTx& tx, Instant at) {
  auto const is_by_then = [&](std::int64_t sequence) {
    auto query = tx.prepare("SELECT recorded_at_us <= ?2 FROM ledger WHERE seq = ?1");
    return query.with(sequence, at).step() && query.integer(0) != 0;
  };
  std::int64_t found = 0;
  for (auto step = std::int64_t{1} << 40U; step > 0; step /= 2) {
    if (is_by_then(found + step)) found += step;
  }
  return found;
}

}  // namespace kaiku::tables
