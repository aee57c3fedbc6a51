// The roles of accounts in words.
#pragma once

#include <string_view>

#include "server/domain/caller.hpp"
#include "server/pages/frame/texts.hpp"

namespace kaiku::pages {

// Empty for callers that are no people.
std::string_view role_text(contract::Language language, domain::Role role);

}  // namespace kaiku::pages
