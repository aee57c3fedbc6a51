// Batches and positions as they stand on the cards.
#pragma once

#include <string>

#include "schema/contract/answers.hpp"
#include "schema/values/ids.hpp"

namespace kaiku::pages {

std::string batch_text(BatchId batch);                            // "0042"
std::string position_text(BatchId batch, std::int64_t position);  // "0042-0317"
// "0042-0001–0042-0050"
std::string range_text(BatchId batch, std::int64_t from, std::int64_t to);
// What is left of stock, as domain::down_to_tens says: "40+", "alle 10"; none is "0".
std::string stock_text(contract::Language language, std::int64_t left);

}  // namespace kaiku::pages
