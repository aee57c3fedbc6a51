// Batches and positions as they stand on the cards.
#pragma once

#include <string>

#include "schema/values/ids.hpp"

namespace kaiku::pages {

std::string batch_text(BatchId batch);                            // "0042"
std::string position_text(BatchId batch, std::int64_t position);  // "0042-0317"
// "0042-0001–0042-0050"
std::string range_text(BatchId batch, std::int64_t from, std::int64_t to);

}  // namespace kaiku::pages
