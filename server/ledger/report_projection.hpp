// What follows from figures that were published. Part of `apply` (projections.hpp).
#pragma once

#include "server/ledger/projections.hpp"

namespace kaiku::ledger {

// A run of a name that was published already breaks the table's rule: it is refused.
void on(sql::Connection& connection, Applied const& recorded, ReportPublished const& published);
void on(sql::Connection& connection, Applied const& recorded, ValueSetSaved const& saved);

}  // namespace kaiku::ledger
