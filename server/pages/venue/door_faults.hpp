// What was wrong with a line at the door, by the word that its address carries.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/pages/frame/texts.hpp"

namespace kaiku::pages {

// nullopt for a word that is no fault of a line. `children_max` fills the text that tells it.
std::optional<std::string> door_fault(contract::Language language, std::string_view word,
                                      int children_max = 0);

}  // namespace kaiku::pages
