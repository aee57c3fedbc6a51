// The first page of who is not signed in, from plain values.
#pragma once

#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

Page home_page(Frame const& frame);

}  // namespace kaiku::pages
