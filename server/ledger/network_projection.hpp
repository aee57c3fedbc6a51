// What follows from what coordinators and venues say of areas' municipalities, offices, venues and
// events. Part of `apply` (projections.hpp).
#pragma once

#include "server/ledger/projections.hpp"

namespace kaiku::ledger {

// Which municipalities belong to the area, by what changes: one that stays keeps its row.
void apply_members(sql::Connection& connection, Applied const& recorded, AreaSet const& area);
void apply_office(sql::Connection& connection, Applied const& recorded, OfficeSet const& office);
void apply_venue(sql::Connection& connection, Applied const& recorded, VenueSet const& venue);
void apply_commitment(sql::Connection& connection, Applied const& recorded,
                      CommitmentAccepted const& accepted);
void apply_event(sql::Connection& connection, Applied const& recorded, EventSet const& event);

}  // namespace kaiku::ledger
