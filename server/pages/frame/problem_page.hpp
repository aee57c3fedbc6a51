// What a problem looks like to a person.
#pragma once

#include <string_view>

#include "schema/values/problems.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

// `reference`: the request id, told for the support; empty to leave it out.
Page problem_page_of(Frame const& frame, Problem problem, std::string_view reference);

}  // namespace kaiku::pages
