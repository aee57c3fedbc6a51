// A sector in words.
#pragma once

#include <string_view>
#include <vector>

#include "schema/contract/card_state.hpp"
#include "server/pages/frame/fields.hpp"

namespace kaiku::pages {

std::string_view sector_text(Language language, contract::Sector sector);
// All of them by their words of the API.
std::vector<Option> sector_options(Language language);

}  // namespace kaiku::pages
