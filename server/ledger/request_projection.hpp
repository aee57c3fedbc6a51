// What follows from what one person asks and another decides. Part of `apply` (projections.hpp).
#pragma once

#include "server/ledger/projections.hpp"

namespace kaiku::ledger {

void on(sql::Connection& connection, Applied const& recorded, UndoAsked const& asked);
void on(sql::Connection& connection, Applied const& recorded, UndoDecided const& decided);
void on(sql::Connection& connection, Applied const& recorded, ApprovalAsked const& asked);
void on(sql::Connection& connection, Applied const& recorded, ApprovalDecided const& decided);

// A use that is undone, in whatever way, waits for nobody any more.
void settle_undo_request(sql::Connection& connection, Applied const& recorded, RedemptionId undone);

}  // namespace kaiku::ledger
