// Whether a judged use counts, in words.
#pragma once

#include <string>

#include "server/pages/frame/texts.hpp"
#include "server/tables/judged_uses.hpp"

namespace kaiku::pages {

std::string standing_text(contract::Language language, tables::JudgedUse const& use);

}  // namespace kaiku::pages
