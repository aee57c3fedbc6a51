// What follows from journals in the ledger: entries by number, gaps and breaks of each chain,
// quarantine. Part of `apply` (projections.hpp).
#pragma once

#include "server/ledger/projections.hpp"

namespace kaiku::ledger {

// Throws std::runtime_error when an entry of the journal does not decode.
void apply_taken(sql::Connection& connection, Applied const& recorded, JournalTaken const& taken);
void apply_quarantined(sql::Connection& connection, Applied const& recorded,
                       JournalQuarantined const& quarantined);

}  // namespace kaiku::ledger
