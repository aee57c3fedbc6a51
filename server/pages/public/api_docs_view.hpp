// /api/docs: the server's own OpenAPI file as pages, a page for each of its groups.
#pragma once

#include <optional>
#include <string_view>

#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

// The contents ("") or one part: a group's name, or "problems"; nullopt for any other. What it says
// is drawn once, when a first page is asked for. Thread-safe.
std::optional<Page> api_docs_page(Frame const& frame, std::string_view part);

}  // namespace kaiku::pages
