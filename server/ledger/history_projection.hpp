// Holders and uses of earlier years. Part of `apply` (projections.hpp).
#pragma once

#include "server/ledger/projections.hpp"

namespace kaiku::ledger {

// A load begins, or is whole.
void apply_history(sql::Connection& connection, Applied const& recorded,
                   HistoryImported const& imported);
// The holder alone: nobody has such a card, so there is no row that a door or an office could find.
void apply_history_card(sql::Connection& connection, Applied const& recorded,
                        CardRegistered const& registered);
// Of a use that names no card.
std::optional<std::int64_t> lineage_of_history(sql::Connection& connection, Ref const& lineage);

}  // namespace kaiku::ledger
