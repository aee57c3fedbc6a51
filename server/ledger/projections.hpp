// Projections: what holds now, derived from the ledger alone. The same function applies an entry
// when it is written and when `verify` rebuilds everything, so the two cannot drift apart.
#pragma once

#include "server/ledger/ledger.hpp"

namespace kaiku::ledger {

// What an entry is applied with, beside itself.
struct Applied {
  std::int64_t sequence = 0;
  Instant recorded_at;
  domain::Actor actor;
  bool private_erased = false;
  KnownCard const* known = nullptr;  // of a use: looked up already, else by its reference
};

// Applies one entry to the projection tables of this connection. A private half that was erased
// leaves the rows of its card and lineage out. Throws a constraint StorageError, with nothing
// written, for a use whose key is bound.
void apply(sql::Connection& connection, Applied const& what, Entry const& entry);
void apply(sql::Connection& connection, Recorded const& recorded);

}  // namespace kaiku::ledger
