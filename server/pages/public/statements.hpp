// The accessibility and the privacy statement, with what this installation says of itself.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "server/pages/frame/page.hpp"
#include "server/pages/public/accessibility_gaps.hpp"

namespace kaiku::pages {

// By the words of domain/service_settings.hpp, in the page's language, days as people write them;
// what nobody has told is not there.
using ServiceFacts = std::map<std::string, std::string, std::less<>>;

Page accessibility_page(Frame const& frame, ServiceFacts const& facts,
                        std::span<AccessibilityGap const> gaps = accessibility_gaps());
Page privacy_page(Frame const& frame, ServiceFacts const& facts);

}  // namespace kaiku::pages
