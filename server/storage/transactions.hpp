// What storage functions take: a read transaction, or the one write transaction with its ledger.
#pragma once

#include "schema/crypto/random.hpp"
#include "schema/values/time.hpp"
#include "server/storage/key_ring.hpp"
#include "server/storage/merkle.hpp"
#include "server/storage/sqlite.hpp"

namespace kaiku::storage {

// Lives for one job on one lane. A WriteTx is a ReadTx too.
class ReadTx {
 public:
  ReadTx(Connection& connection, KeyRing const& keys) : connection_(connection), keys_(keys) {}
  Statement prepare(std::string_view sql) { return connection_.prepare(sql); }
  Connection& connection() { return connection_; }
  KeyRing const& keys() const { return keys_; }

 private:
  Connection& connection_;
  KeyRing const& keys_;
};

// The end of the ledger as this transaction sees it; copied per job, kept only when the job is.
struct LedgerEnd {
  std::int64_t last_sequence = 0;
  merkle::Frontier frontier;
};

class WriteTx : public ReadTx {
 public:
  WriteTx(Connection& connection, KeyRing const& keys, LedgerEnd& end, Instant now, Random& random)
      : ReadTx(connection, keys), end_(end), now_(now), random_(random) {}
  LedgerEnd& ledger_end() { return end_; }
  Instant now() const { return now_; }  // of the job; recorded_at of its entries
  Random& random() { return random_; }

 private:
  LedgerEnd& end_;
  Instant now_;
  Random& random_;
};

}  // namespace kaiku::storage
