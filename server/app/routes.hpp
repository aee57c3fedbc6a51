// The one table of routes: nothing else registers one.
#pragma once

#include <span>

#include "server/access/call/route.hpp"

namespace kaiku {

std::span<access::Route const> routes();

}  // namespace kaiku
