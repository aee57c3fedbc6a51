// What storage functions take: a read transaction, or the one write transaction with its ledger.
#pragma once

#include "schema/crypto/random.hpp"
#include "schema/values/time.hpp"
#include "server/keys/key_ring.hpp"
#include "server/ledger/merkle.hpp"
#include "server/sql/sqlite.hpp"

namespace kaiku::ledger {

// Lives for one job on one lane. A WriteTx is a ReadTx too.
class ReadTx {
 public:
  ReadTx(sql::Connection& connection, keys::KeyRing const& keys)
      : connection_(connection), keys_(keys) {}
  sql::Statement prepare(std::string_view sql) { return connection_.prepare(sql); }
  sql::Connection& connection() { return connection_; }
  keys::KeyRing const& keys() const { return keys_; }

 private:
  sql::Connection& connection_;
  keys::KeyRing const& keys_;
};

// The end of the ledger as this transaction sees it; copied per job, kept only when the job is.
struct LedgerEnd {
  std::int64_t last_sequence = 0;
  merkle::Frontier frontier;
};

class WriteTx : public ReadTx {
 public:
  WriteTx(sql::Connection& connection, keys::KeyRing const& keys, LedgerEnd& end, Instant now,
          Random& random)
      : ReadTx(connection, keys), end_(end), now_(now), random_(random) {}
  LedgerEnd& ledger_end() { return end_; }
  Instant now() const { return now_; }  // of the job; recorded_at of its entries
  Random& random() { return random_; }

 private:
  LedgerEnd& end_;
  Instant now_;
  Random& random_;
};

}  // namespace kaiku::ledger
