// Projections: what holds now, derived from the ledger alone. The same function applies an entry
// when it is written and when `verify` rebuilds everything, so the two cannot drift apart.
#pragma once

#include "server/ledger/ledger.hpp"

namespace kaiku::ledger {

// Applies one recorded entry to the projection tables of this connection. A private half that was
// erased leaves the rows of its card and lineage out.
void apply(sql::Connection& connection, Recorded const& recorded);

}  // namespace kaiku::ledger
