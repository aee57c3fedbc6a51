// Pages of set-up links and accounts drawn from sample values, in every state worth looking at.
#pragma once

#include <vector>

#include "tests/unit/pages/sample.hpp"

namespace kaiku::pages::sample {

std::vector<Drawn> set_up_pages(Language language);
std::vector<Drawn> account_pages(Language language);

}  // namespace kaiku::pages::sample
