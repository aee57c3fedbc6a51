// Pages of plain text: accessibility and privacy.
#pragma once

#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

Page accessibility_page(Frame const& frame);
Page privacy_page(Frame const& frame);

}  // namespace kaiku::pages
