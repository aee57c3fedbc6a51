// What follows from places that are held. Part of `apply` (projections.hpp).
#pragma once

#include "server/ledger/projections.hpp"

namespace kaiku::ledger {

void apply_held(sql::Connection& connection, Applied const& recorded, ReservationMade const& made);
// A use that is undone gives back what it was given for, until its time; what it had left of that
// is part of it again. Nothing comes back of a cancelled event or a closed venue.
void apply_held_again(sql::Connection& connection, Applied const& recorded, RedemptionId use);
void apply_freed(sql::Connection& connection, Applied const& recorded,
                 ReservationEnded const& ended);
// Before the event's own row changes: with its start move the ends of what is held for it,
// or was given for a ticket, no further than to the closing of its doors.
void apply_moved(sql::Connection& connection, Applied const& recorded, EventSet const& event);

}  // namespace kaiku::ledger
