// Why a use that waits is accepted or rejected, in words, for every page that rules on one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/pages/frame/fields.hpp"

namespace kaiku::pages {

// The reasons of one ruling, an empty choice first.
std::vector<Option> ruling_reason_options(Language language, bool accepted);
// Every ruling with its reason as one choice, an empty one first.
std::vector<Option> ruling_options(Language language);

struct ChosenRuling {
  bool accepted = false;
  std::string reason;  // empty for no choice
};
// What an option of `ruling_options` says; whether there is such a reason, the use case judges.
ChosenRuling chosen_ruling(std::string_view value);

}  // namespace kaiku::pages
