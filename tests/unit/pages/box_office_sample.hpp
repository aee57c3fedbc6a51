// Pages of reservations and paper forms drawn from sample values.
#pragma once

#include <vector>

#include "tests/unit/pages/sample.hpp"

namespace kaiku::pages::sample {

std::vector<Drawn> box_office_pages(Language language);

}  // namespace kaiku::pages::sample
