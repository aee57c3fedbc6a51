// What was asked for and how it stands, in words.
#pragma once

#include <string>

#include "server/pages/frame/texts.hpp"
#include "server/tables/approvals.hpp"

namespace kaiku::pages {

using Language = contract::Language;

// "Korttierä, 800 korttia"
std::string approval_text(Language language, tables::Approval const& approval);
std::string_view state_text(Language language, domain::ApprovalState state);

}  // namespace kaiku::pages
