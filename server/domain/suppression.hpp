// Small numbers identify people: no published cell shows, or lets one derive, a count of 1 to 4.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "server/domain/declared_cells.hpp"

namespace kaiku::domain {

// A column of counts whose total is known elsewhere: hides every small count, and as many more of
// the smallest as it takes that what is hidden has at least two cells and sums up to at least five.
// True: hidden. A column where nothing is small stays whole.
std::vector<bool> hidden_cells(std::vector<std::int64_t> const& column);

// Taken into use of registered: hidden when it, or the rest that was never used, is a small count.
inline bool hides_share(std::int64_t part, std::int64_t whole) {
  return counts_few(whole) || counts_few(part) || counts_few(whole - part);
}

}  // namespace kaiku::domain
