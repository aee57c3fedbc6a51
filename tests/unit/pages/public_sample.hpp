// The pages for everybody drawn from sample values, in every state worth looking at.
#pragma once

#include <vector>

#include "tests/unit/pages/sample.hpp"

namespace kaiku::pages::sample {

std::vector<Drawn> public_pages(Language language);
std::vector<Drawn> message_pages(Language language);
std::vector<Drawn> settings_pages(Language language);

}  // namespace kaiku::pages::sample
