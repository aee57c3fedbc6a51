// The tickets of a use in words.
#pragma once

#include <string>

#include "schema/contract/admission.hpp"
#include "server/pages/frame/texts.hpp"

namespace kaiku::pages {

// "1 aikuinen, 2 lasta, avustaja"
std::string tickets_text(contract::Language language, contract::Tickets const& tickets);

}  // namespace kaiku::pages
