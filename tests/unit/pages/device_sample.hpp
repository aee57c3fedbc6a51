// Pages of devices and judged uses drawn from sample values, in every state worth looking at.
#pragma once

#include <vector>

#include "tests/unit/pages/sample.hpp"

namespace kaiku::pages::sample {

std::vector<Drawn> device_pages(Language language);

}  // namespace kaiku::pages::sample
