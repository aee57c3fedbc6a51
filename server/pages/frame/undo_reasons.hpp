// Why a ticket is undone, as a venue asks and a coordinator decides.
#pragma once

#include <string_view>
#include <vector>

#include "server/pages/frame/fields.hpp"

namespace kaiku::pages {

std::vector<Option> undo_reason_options(Language language);
// Empty for a word that is none of them.
std::string_view undo_reason_text(Language language, std::string_view word);

}  // namespace kaiku::pages
