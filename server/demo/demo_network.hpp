// Makes the standing part of a demo: areas, offices, venues, accounts, keys, codes and card stock.
#pragma once

#include "server/app/app.hpp"
#include "server/demo/demo_clock.hpp"
#include "server/demo/demo_world.hpp"

namespace kaiku::demo {

// `cards`: how many will be registered; every office also keeps some in stock. The secrets come
// from `choices`, so that a seed gives the same ones again.
DemoWorld make_demo_network(Installation& installation, Random& choices, std::int64_t cards);

// A whole number below `limit`, and a chance in a thousand.
std::size_t below(Random& choices, std::size_t limit);
bool in_thousand(Random& choices, std::size_t chance);

}  // namespace kaiku::demo
