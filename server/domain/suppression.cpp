#include "server/domain/suppression.hpp"

#include <algorithm>

namespace kaiku::domain {

std::vector<bool> hidden_cells(std::vector<std::int64_t> const& column) {
  std::vector<bool> hidden(column.size());
  std::size_t cells = 0;
  std::int64_t sum = 0;
  auto const hide = [&](std::size_t at) {
    hidden[at] = true;
    ++cells;
    sum += column[at];
  };
  for (std::size_t at = 0; at < column.size(); ++at) {
    if (counts_few(column[at])) hide(at);
  }
  while (cells > 0 && (cells < 2 || sum < threshold)) {
    // The smallest that is left; a zero only when nothing else is.
    std::optional<std::size_t> best;
    for (std::size_t at = 0; at < column.size(); ++at) {
      if (hidden[at]) continue;
      auto const better = !best || (column[*best] == 0 && column[at] > 0) ||
                          (column[at] > 0 && column[at] < column[*best]);
      if (better) best = at;
    }
    if (!best) break;
    hide(*best);
  }
  return hidden;
}

}  // namespace kaiku::domain
