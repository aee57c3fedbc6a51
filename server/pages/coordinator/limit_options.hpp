// The choice of a limit per card, for the forms of venues and events.
#pragma once

#include <string_view>
#include <vector>

#include "server/pages/frame/fields.hpp"

namespace kaiku::pages {

// What is chosen where there is no limit.
inline constexpr std::string_view no_limit = "none";
// No limit first, then each period by its word of the API.
std::vector<Option> limit_options(Language language);

}  // namespace kaiku::pages
