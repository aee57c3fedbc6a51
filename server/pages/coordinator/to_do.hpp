// What waits for whoever keeps the network, in words.
#pragma once

#include <optional>
#include <vector>

#include "server/pages/coordinator/start_view.hpp"
#include "server/pages/coordinator/waiting.hpp"

namespace kaiku::pages {

// A line each, as the start page tells them, with the way to the list; of all areas without `area`.
std::vector<StartTask> to_do(Waiting const& waiting, Language language,
                             std::optional<AreaId> const& area);

}  // namespace kaiku::pages
