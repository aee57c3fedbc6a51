// What waits for whoever keeps the network.
#pragma once

#include <optional>
#include <vector>

#include "server/access/call/call.hpp"
#include "server/ledger/transactions.hpp"
#include "server/pages/coordinator/start_view.hpp"

namespace kaiku::pages {

// A line each, as the start page tells them; of all areas without `area`. The navigation counts
// the lines on every page: nothing here walks over what does not wait.
std::vector<StartTask> to_do(access::Call const& call, ledger::ReadTx& tx, Language language,
                             std::optional<AreaId> const& area);

}  // namespace kaiku::pages
