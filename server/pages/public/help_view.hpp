// Help, a printed page for each role: how its jobs go, what to do when something goes wrong, whom
// to ask. Pages and buttons are named by their own texts.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

// "worker", "venue", "coordinator", "administrator" or "holder"; nullopt for any other.
std::optional<Page> help_page(Frame const& frame, std::string_view who);

// A help text as HTML. What stands in braces is the key of the text that goes there, in bold.
// Throws std::logic_error for a key that no text has.
std::string help_text(Language language, Text text);

}  // namespace kaiku::pages
