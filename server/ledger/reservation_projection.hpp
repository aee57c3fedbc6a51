// What follows from places that are held. Part of `apply` (projections.hpp).
#pragma once

#include "server/ledger/projections.hpp"

namespace kaiku::ledger {

void apply_held(sql::Connection& connection, Applied const& recorded, ReservationMade const& made);
void apply_freed(sql::Connection& connection, Applied const& recorded,
                 ReservationEnded const& ended);

}  // namespace kaiku::ledger
