// Pages of what one person asks and another decides, and of who has read what.
#pragma once

#include "tests/unit/pages/sample.hpp"

namespace kaiku::pages::sample {

std::vector<Drawn> request_pages(Language language);

}  // namespace kaiku::pages::sample
