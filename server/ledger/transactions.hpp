// What storage functions take: a read transaction, or the one write transaction with its ledger.
#pragma once

#include "schema/crypto/random.hpp"
#include "schema/values/time.hpp"
#include "server/keys/key_ring.hpp"
#include "server/ledger/kept.hpp"
#include "server/ledger/ledger_end.hpp"
#include "server/sql/sqlite.hpp"

namespace kaiku::ledger {

// Lives for one job on one lane. A WriteTx is a ReadTx too.
class ReadTx {
 public:
  // `kept`: rows that the lane keeps between its jobs; null where it keeps none.
  ReadTx(sql::Connection& connection, keys::KeyRing const& keys, Kept* kept = nullptr)
      : connection_(connection), keys_(keys), kept_(kept) {}
  sql::Statement prepare(std::string_view sql) { return connection_.prepare(sql); }
  sql::Connection& connection() { return connection_; }
  keys::KeyRing const& keys() const { return keys_; }
  Kept* kept() { return kept_; }

 private:
  sql::Connection& connection_;
  keys::KeyRing const& keys_;
  Kept* kept_;
};

class WriteTx : public ReadTx {
 public:
  WriteTx(sql::Connection& connection, keys::KeyRing const& keys, LedgerEnd& end, Instant now,
          Random& random, Kept* kept = nullptr)
      : ReadTx(connection, keys, kept), end_(end), now_(now), random_(random) {}
  LedgerEnd& ledger_end() { return end_; }
  Instant now() const { return now_; }  // of the job; recorded_at of its entries
  Random& random() { return random_; }

 private:
  LedgerEnd& end_;
  Instant now_;
  Random& random_;
};

}  // namespace kaiku::ledger
