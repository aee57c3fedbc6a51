// Pages of plain text: accessibility, privacy, and what a problem looks like to a person.
#pragma once

#include <string>

#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

Page accessibility_page(Frame const& frame);
Page privacy_page(Frame const& frame);
// `reference`: the request id, told for the support; empty to leave it out.
Page problem_page_of(Frame const& frame, Problem problem, std::string_view reference);

}  // namespace kaiku::pages
